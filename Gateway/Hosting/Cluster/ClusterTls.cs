using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Orleans.Connections.Security;
using WhatsSound.Start;

namespace WhatsSound.Gateway.Hosting.Cluster;

/// <summary>The certificates of a process in the cluster, and whom it takes: who shows one signed by the cluster's authority, whatever name is in it.</summary>
public sealed class ClusterTls
{
    // Orleans asks for a name; silos are known by addresses that change, so what counts is the signature.
    private const string TargetName = "whatssound-silo";

    private readonly X509Certificate2 _certificate;
    private readonly X509Certificate2 _authority;

    private ClusterTls(X509Certificate2 certificate, X509Certificate2 authority) => (_certificate, _authority) = (certificate, authority);

    /// <summary>Reads the files; null where TLS is off. Throws <see cref="HostStartException"/> where they cannot be used.</summary>
    public static ClusterTls? Load(ClusterTlsSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (!settings.IsOn)
            return null;
        var certificate = Read(settings.CertificateFile, () => ReadCertificate(settings));
        if (!certificate.HasPrivateKey)
            throw new HostStartException($"{ClusterTlsSettings.Section}: {settings.CertificateFile} has no private key.");
        return new(certificate, Read(settings.AuthorityFile, () => X509CertificateLoader.LoadCertificateFromFile(settings.AuthorityFile)));
    }

    /// <summary>For the connections of a silo, both ways, or of a client.</summary>
    public void Apply(TlsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.LocalCertificate = _certificate;
        options.RemoteCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.ClientCertificateMode = RemoteCertificateMode.RequireCertificate;
        options.RemoteCertificateValidation = (certificate, _, _) => IsOfCluster(certificate);
        options.OnAuthenticateAsClient = static (_, client) => client.TargetHost = TargetName;
    }

    private bool IsOfCluster(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_authority);
        // A private authority has no list to ask; a certificate that is lost is answered with a new authority.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(certificate);
    }

    private static X509Certificate2 ReadCertificate(ClusterTlsSettings settings)
    {
        if (Path.GetExtension(settings.CertificateFile).ToUpperInvariant() is ".PFX" or ".P12")
            return X509CertificateLoader.LoadPkcs12FromFile(settings.CertificateFile, settings.CertificatePassword);
        return X509Certificate2.CreateFromPemFile(settings.CertificateFile, settings.KeyFile.Length == 0 ? null : settings.KeyFile);
    }

    private static X509Certificate2 Read(string file, Func<X509Certificate2> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new HostStartException($"{ClusterTlsSettings.Section}: {file} cannot be used: {exception.Message}", exception);
        }
    }
}
