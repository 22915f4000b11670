using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsSound.Gateway.Identity;
using WhatsSound.Silo;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>The whole program in this process: silo and gateway, a free port, a new SQLite file. Shared by the tests of an assembly.</summary>
public sealed class RunningServer : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"whatssound-{Guid.NewGuid():N}");
    private readonly List<string> _arguments = [];
    private WebApplication _app = null!;
    private int _namesMade;

    internal Uri Address { get; private set; } = null!;

    internal IServiceProvider Services => _app.Services;

    /// <summary>What it has logged, from warnings up.</summary>
    internal RecordingLog Log { get; } = new();

    /// <summary>A server of a test's own, with settings as the command line takes them.</summary>
    internal static async Task<RunningServer> StartAsync(params string[] arguments)
    {
        var server = new RunningServer();
        server._arguments.AddRange(arguments);
        await server.InitializeAsync();
        return server;
    }

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(_folder);
        _app = WhatsSoundHost.Create(
            [
                "--environment", "Development",
                "--urls", "http://127.0.0.1:0",
                "--Storage:ConnectionString", $"Data Source={Path.Combine(_folder, "test.db")}",
                "--Identity:SigningKey", "a key for tests that is long enough to sign with",
                "--Logging:LogLevel:Default", "Warning",
                "--Sessions:CloseTimeout", "00:00:00.200",

                // Tests share their owners.
                "--Users:RoomsOwnedMax", "1000", "--Users:RoomsPerHourMax", "1000",
                .. _arguments,
            ],
            builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Warning);
                builder.Logging.AddProvider(Log);
            });
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A name that no other test has.</summary>
    internal string NewName(string prefix) => $"{prefix}-{Interlocked.Increment(ref _namesMade)}";

    internal string TokenOf(string userId, TimeSpan? lifetime = null, IReadOnlyDictionary<string, string[]>? capabilities = null) =>
        Services.GetRequiredService<TokenIssuer>().Issue(userId, $"The {userId}", DateTimeOffset.UtcNow + (lifetime ?? TimeSpan.FromHours(1)), capabilities);

    /// <summary>Connects as a user, who is new unless named.</summary>
    internal Task<HubClient> ConnectAsync(string? userId = null) => HubClient.ConnectAsync(Address, TokenOf(userId ?? NewName("user")));

    /// <summary>Connects as a user, who is new unless named, with a client that may misbehave.</summary>
    internal Task<RawHubClient> ConnectRawAsync(string? userId = null) => RawHubClient.ConnectAsync(Address, TokenOf(userId ?? NewName("user")));

    /// <summary>Makes a room, and answers its id.</summary>
    internal async Task<string> CreateRoomAsync(IHubClient owner)
    {
        var roomId = NewName("room");
        await owner.ResultAsync("CreateRoom", new { roomId, commandId = "create", name = "A room" });
        return roomId;
    }
}
