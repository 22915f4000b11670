using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsSound.Channels;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Gateway.Transport;
using WhatsSound.Publications;
using WhatsSound.Silo;
using WhatsSound.Tests.Doors.Plain;

namespace WhatsSound.Tests.Doors;

/// <summary>The whole program with all its doors in this process, and what tests do behind the doors. Shared by the tests of the assembly.</summary>
public sealed class DoorServer : IAsyncLifetime
{
    /// <summary>Where the door for tests is.</summary>
    internal const string PlainPath = "/plain";

    /// <summary>The same door, with signs of life.</summary>
    internal const string StrictPath = "/strict";

    /// <summary>The same door, whose requests wait for <see cref="GoOn"/>.</summary>
    internal const string StallingPath = "/stalling";

    /// <summary>How long a client of the stalling door may say nothing.</summary>
    internal static readonly TimeSpan HastySilenceMax = TimeSpan.FromMilliseconds(200);

    /// <summary>Between two signs of life of the strict door.</summary>
    internal static readonly TimeSpan HeartbeatInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a client of the strict door may say nothing.</summary>
    internal static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(3);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"whatssound-doors-{Guid.NewGuid():N}");
    private readonly List<string> _arguments = [];
    private WebApplication _app = null!;
    private int _namesMade;

    /// <summary>Set, requests through the stalling door are carried out.</summary>
    internal TaskCompletionSource GoOn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Uri Address { get; private set; } = null!;

    internal IServiceProvider Services => _app.Services;

    /// <summary>A server of a test's own, with settings as the command line takes them.</summary>
    internal static async Task<DoorServer> StartAsync(params string[] arguments)
    {
        var server = new DoorServer();
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
                "--Users:RoomsOwnedMax", "1000", "--Users:RoomsPerHourMax", "1000",
                .. _arguments,
            ],
            builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        _app.Map(PlainPath, http => Services.GetRequiredService<SocketHost>()
            .RunAsync(http, http.Request.Query["token"], new PlainProtocol(Services.GetRequiredService<SessionCalls>())));
        _app.Map(StrictPath, http => Services.GetRequiredService<SocketHost>()
            .RunAsync(http, http.Request.Query["token"], new PlainProtocol(Services.GetRequiredService<SessionCalls>(), HeartbeatInterval, SilenceMax)));
        _app.Map(StallingPath, http => Services.GetRequiredService<SocketHost>().RunAsync(
            http,
            http.Request.Query["token"],
            new StallingProtocol(new PlainProtocol(Services.GetRequiredService<SessionCalls>(), HeartbeatInterval, HastySilenceMax), GoOn.Task)));
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Stops as at a signal; done when every connection is gone.</summary>
    internal Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A name that no other test has.</summary>
    internal string NewName(string prefix) => $"{prefix}-{Interlocked.Increment(ref _namesMade)}";

    internal string TokenOf(string userId, IReadOnlyDictionary<string, string[]>? capabilities = null, TimeSpan? expiresIn = null) =>
        Services.GetRequiredService<TokenIssuer>().Issue(userId, $"The {userId}", DateTimeOffset.UtcNow + (expiresIn ?? TimeSpan.FromHours(1)), capabilities);

    internal string TokenOfNobody(IReadOnlyDictionary<string, string[]>? capabilities = null, TimeSpan? expiresIn = null) =>
        Services.GetRequiredService<TokenIssuer>().Issue(userId: null, displayName: null, DateTimeOffset.UtcNow + (expiresIn ?? TimeSpan.FromHours(1)), capabilities);

    /// <summary>Publishes past all doors and their limits; answers the last position.</summary>
    internal async Task<Position> PublishAsync(string channel, int count = 1, int bytes = 16, string? key = null)
    {
        var data = new Payload(System.Text.Encoding.UTF8.GetBytes($"\"{new string('x', bytes - 2)}\""));
        var last = default(Position);
        for (var i = 0; i < count; i++)
        {
            var published = await Services.GetRequiredService<IClusterClient>().GetChannel(channel)
                .PublishAsync(new PublishRequest { Id = Guid.NewGuid().ToString("N"), Event = "said", Data = data, Key = key, Publisher = "the server" });
            Assert.Null(published.Refusal);
            last = published.Value!.Position;
        }

        return last;
    }
}
