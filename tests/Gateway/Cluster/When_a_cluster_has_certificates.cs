using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using WhatsSound.Tests.Gateway.Hosting;
using WhatsSound.Tests.Gateway.Sockets;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Gateway.Cluster;

/// <summary>Two silos and a gateway of its own, as processes, with PostgreSQL and mutual TLS between them.</summary>
public sealed class When_a_cluster_has_certificates
{
    private const string SigningKey = "--Identity:SigningKey=a key for tests that is long enough to sign with";

    [Fact]
    public async Task Should_let_in_those_of_its_authority_and_listen_where_it_is_told_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "127.0.0.2 and the sockets of a process are Linux's.");
        await using var cluster = new ClusterProcesses();
        var connectionString = await PostgresServer.Shared.CreateDatabaseAsync();
        using var authority = new Authority(cluster.Folder, "authority");
        using var stranger = new Authority(cluster.Folder, "stranger");
        var address = IPAddress.Parse("127.0.0.2");
        var ports = (Silo: FreePort.Of(address), Gateway: FreePort.Of(address));

        var first = await cluster.StartAsync(
            connectionString,
            [
                SigningKey, $"--Cluster:AdvertisedAddress={address}", $"--Cluster:SiloPort={ports.Silo}", $"--Cluster:GatewayPort={ports.Gateway}",
                .. Tls(authority, "first"),
            ]);
        var second = await cluster.StartAsync(connectionString, [SigningKey, "--Cluster:AdvertisedAddress=127.0.0.3", .. Tls(authority, "second")]);
        var gateway = await cluster.StartGatewayAsync(connectionString, [SigningKey, .. Tls(authority, "gateway")]);

        // Rooms on both silos answer through the gateway: members of the cluster are let in.
        await using var client = await HubClient.ConnectAsync(gateway.Address, await gateway.TokenAsync("ada"));
        for (var room = 0; room < 8; room++)
            await client.ResultInTheEndAsync("CreateRoom", new { roomId = $"room-{room}", commandId = "create", name = "A room" });
        using var http = new HttpClient { BaseAddress = gateway.Address };
        Assert.Equal("ready", await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken));

        Assert.Equal(
            [new IPEndPoint(address, ports.Silo), new IPEndPoint(address, ports.Gateway)],
            ListeningSockets.Of(first.Id).Where(point => point.Port != first.Address.Port).OrderBy(point => point.Port == ports.Gateway));
        // Without a port for gateways: the port of the silo and that of the door.
        Assert.Equal("127.0.0.3", Assert.Single(ListeningSockets.Of(second.Id), point => point.Port != second.Address.Port).Address.ToString());

        var door = new IPEndPoint(address, ports.Gateway);
        using var intruder = stranger.Sign("intruder").Certificate;
        Assert.False(await IsLetInAsync(door, intruder));
        Assert.False(await IsLetInAsync(door, certificate: null));
        Assert.False(await IsLetInAsync(new IPEndPoint(address, ports.Silo), certificate: null));
    }

    [Fact]
    public async Task Should_not_start_without_its_certificates()
    {
        await using var cluster = new ClusterProcesses();
        using var authority = new Authority(cluster.Folder, "authority");
        var (_, file, _) = authority.Sign("lonely");

        var (exitCode, _, error) = await ProgramRun.OfSiloAsync(
            "--environment=Development", "--urls=http://127.0.0.1:0", $"--contentRoot={cluster.Folder}", $"--Storage:ConnectionString=Data Source={cluster.Folder}/test.db",
            $"--Cluster:Tls:CertificateFile={file}", $"--Cluster:Tls:AuthorityFile={authority.File}");

        Assert.Equal(1, exitCode);
        Assert.StartsWith($"Cluster:Tls: {file} cannot be used: ", error, StringComparison.Ordinal);
    }

    private static string[] Tls(Authority authority, string name)
    {
        var (certificate, file, keyFile) = authority.Sign(name);
        certificate.Dispose();
        return [$"--Cluster:Tls:CertificateFile={file}", $"--Cluster:Tls:KeyFile={keyFile}", $"--Cluster:Tls:AuthorityFile={authority.File}"];
    }

    /// <summary>Whether a silo keeps the connection of who shows this certificate: with TLS 1.3 a client learns of a refusal when it reads.</summary>
    private static async Task<bool> IsLetInAsync(IPEndPoint door, X509Certificate2? certificate)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(door);
        await using var stream = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false);
#pragma warning disable CA5359 // Whom the silo lets in is asked here, not whether it is the silo.
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "silo",
            ApplicationProtocols = [new SslApplicationProtocol("Orleans1")],
            ClientCertificates = certificate is null ? [] : [certificate],
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
        };
#pragma warning restore CA5359
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            await stream.AuthenticateAsClientAsync(options, patience.Token);
            return await stream.ReadAsync(new byte[1], patience.Token) > 0;
        }
        catch (OperationCanceledException)
        {
            // It waits for what a member would say.
            return true;
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            return false;
        }
    }
}
