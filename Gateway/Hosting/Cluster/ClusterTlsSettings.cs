namespace WhatsSound.Gateway.Hosting.Cluster;

/// <summary>
/// Mutual TLS between silos, and from gateways to silos; section <c>Cluster:Tls</c> of the configuration. Each process shows a certificate, and takes whoever
/// shows one that the authority has signed. The authority is the cluster's own: whom it signs is in the cluster.
/// </summary>
public sealed class ClusterTlsSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "Cluster:Tls";

    /// <summary>The certificate of this process: PEM (then with KeyFile), or PKCS #12 (.pfx, .p12). Empty: no TLS.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>The private key of a PEM certificate; empty: it is in the same file.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>The password of a PKCS #12 file, better from the environment (Cluster__Tls__CertificatePassword) than on the command line.</summary>
    public string CertificatePassword { get; set; } = "";

    /// <summary>The certificate, in PEM, of the authority that signs those of the cluster's processes.</summary>
    public string AuthorityFile { get; set; } = "";

    internal bool IsOn => CertificateFile.Length > 0;

    internal IEnumerable<string> Problems()
    {
        if (IsOn && AuthorityFile.Length == 0)
            yield return $"{Section}:{nameof(AuthorityFile)} is not set; with a certificate of its own a process also needs the authority that signs the others'.";
        if (!IsOn && (AuthorityFile.Length > 0 || KeyFile.Length > 0 || CertificatePassword.Length > 0))
            yield return $"{Section}:{nameof(CertificateFile)} is not set, though other settings of {Section} are.";
        foreach (var (name, file) in new[] { (nameof(CertificateFile), CertificateFile), (nameof(KeyFile), KeyFile), (nameof(AuthorityFile), AuthorityFile) })
        {
            if (file.Length > 0 && !File.Exists(file))
                yield return $"{Section}:{name} is {file}; there is no such file.";
        }
    }
}
