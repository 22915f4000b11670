using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using WhatsSound.Gateway.Control;
using WhatsSound.Gateway.Hosting;
using WhatsSound.Gateway.Identity;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Gateway.Cluster;

/// <summary>A silo, and three gateways of their own before it, with PostgreSQL between them: two as processes, and one in this process, by which an administrator acts. Sessions without a user may listen to <c>open:*</c>.</summary>
public sealed class ThreeGateways : IAsyncLifetime
{
    private static readonly string[] Everywhere =
        ["--Identity:SigningKey=a key for tests that is long enough to sign with", "--Channels:Rules:0:Pattern=open:*", "--Channels:Rules:0:Anonymous=Subscribe"];

    private ClusterProcesses _cluster = null!;
    private WebApplication _here = null!;

    /// <summary>Where they listen.</summary>
    internal IReadOnlyList<Uri> Addresses { get; private set; } = [];

    internal ControlActs Control => _here.Services.GetRequiredService<ControlActs>();

    public async ValueTask InitializeAsync()
    {
        _cluster = new ClusterProcesses();
        var connectionString = await PostgresServer.Shared.CreateDatabaseAsync();
        await _cluster.StartAsync(connectionString, ["--Gateway:Enabled=false", $"--Cluster:GatewayPort={FreePort.Of(System.Net.IPAddress.Loopback)}", .. Everywhere]);
        var processes = new[] { await _cluster.StartGatewayAsync(connectionString, Everywhere), await _cluster.StartGatewayAsync(connectionString, Everywhere) };
        _here = GatewayHost.Program.Create(["--environment", "Development", "--urls", "http://127.0.0.1:0", $"--contentRoot={_cluster.Folder}", $"--ConnectionStrings:Orleans={connectionString}", "--Logging:LogLevel:Default", "Warning", .. Everywhere]);
        await _here.StartAsync();
        Addresses = [new Uri(_here.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()), .. processes.Select(static process => process.Address)];
    }

    /// <summary>A token with an id of its own.</summary>
    internal string TokenOf(string userId, IReadOnlyDictionary<string, string[]>? capabilities = null) =>
        _here.Services.GetRequiredService<TokenIssuer>().Issue(userId, userId, DateTimeOffset.UtcNow + TimeSpan.FromHours(1), capabilities);

    /// <summary>One listener on each of them.</summary>
    internal Task<Listening[]> ListenAsync(string? token, params string[] channels) => Task.WhenAll(Addresses.Select(address => Listening.ToAsync(address, token, channels)));

    public async ValueTask DisposeAsync()
    {
        await _here.StopAsync();
        await _here.DisposeAsync();
        await _cluster.DisposeAsync();
    }
}
