using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Embedded;
using WhatsSound.Gateway;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Rooms;
using WhatsSound.Streams;
using WhatsSound.Users;

namespace WhatsSound.Tests.Simulation;

/// <summary>
/// The gateway's own sessions and delivery on a simulated client. What is the test's is only what cannot leave the thread pool: the round of renewals.
/// </summary>
internal sealed class SimulatedGateway
{
    private readonly SimulatedWorld _world;
    private readonly FeedRegistry _feeds;
    private readonly SessionRegistry _sessions;
    private readonly SessionUsers _users;
    private readonly SessionEnd _end;
    private readonly OutboxPolicy _outboxPolicy;
    private readonly DeliveryOptions _options = new();
    private int _sessionsMade;

    // The engine holds observers weakly.
    private readonly LaneSubscriber _lanes;

    public SimulatedGateway(SimulatedWorld world, EmbeddedClient client, string name)
    {
        _world = world;
        Name = name;
        Client = client;
        Scheduler = world.Simulation.CreateScheduler(name);
        var cluster = client.Client;
        var time = world.Time;
        var meters = new GatewayMeters(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
        var identity = new GatewayIdentity(world.Ids.NewId());
        var delivery = Options.Create(_options);
        var limits = Options.Create(new SessionLimits());
        _lanes = new(cluster, identity, NullLogger<LaneReceiver>.Instance);
        var services = new FeedServices(
            cluster, new LiveStreamProvider(null, _lanes), identity, delivery, time, meters, NullLogger<ChannelFeed>.Instance) { Scheduler = Scheduler };
        _feeds = new(services);
        _sessions = new(meters);
        _outboxPolicy = new(limits, time, meters);
        var channels = new SessionChannels(
            cluster, _feeds, new(ChannelOptions.Defaults), identity, limits, delivery, time, NullLogger<SessionChannels>.Instance);
        _users = new(cluster, _sessions, identity, delivery, time, NullLogger<SessionUsers>.Instance);
        _end = new(_sessions, channels, _users, NullLogger<SessionEnd>.Instance);
        Rooms = new(cluster, channels, limits);
        Id = identity.Id;
    }

    public string Name { get; }

    public Guid Id { get; }

    public EmbeddedClient Client { get; }

    public TaskScheduler Scheduler { get; }

    public SessionRooms Rooms { get; }

    public bool IsDead { get; private set; }

    public IRoomGrain Room => Client.Client.GetGrain<IRoomGrain>(RoomId.KeyOf(SimulatedWorld.RoomName));

    public void Start()
    {
        _ = Task.Factory.StartNew(RenewFeedsAsync, CancellationToken.None, TaskCreationOptions.None, Scheduler);
        _ = Task.Factory.StartNew(RenewUsersAsync, CancellationToken.None, TaskCreationOptions.None, Scheduler);
    }

    public Session Open(string userId, ISessionSocket socket)
    {
        var session = new Session($"{Name}-{++_sessionsMade}", isTls: true, socket, _outboxPolicy)
        {
            Identity = new SessionIdentity { UserId = userId, ExpiresAt = DateTimeOffset.MaxValue },
        };
        _sessions.Add(session);
        return session;
    }

    /// <summary>As at a session's first request.</summary>
    public Task<Refusal?> ConnectUserAsync(Session session) => _users.ConnectAsync(session);

    public Task EndAsync(Session session) => _end.EndAsync(session);

    /// <summary>As a crash: no session is ended, no channel told.</summary>
    public void Die()
    {
        IsDead = true;
        foreach (var session in _sessions.All)
            session.Outbox.End();
    }

    private async Task RenewFeedsAsync()
    {
        while (true)
        {
            await Task.Delay(_options.RenewInterval, _world.Time);
            if (IsDead)
                return;
            _ = _feeds.CloseIdleAsync();
            await Task.WhenAll(_feeds.All.Select(feed => feed.RenewAsync()));
        }
    }

    private async Task RenewUsersAsync()
    {
        while (true)
        {
            await Task.Delay(_options.UserRenewInterval, _world.Time);
            if (IsDead)
                return;
            var byUser = _sessions.All.Where(session => session.IsConnectedToUser).GroupBy(session => session.Identity!.UserId, session => session.Id);
            await Task.WhenAll(byUser.Select(user => RenewUserAsync(user.Key, [.. user])));
        }
    }

    private async Task RenewUserAsync(string userId, ImmutableArray<string> connectionIds)
    {
        try
        {
            await Client.Client.GetGrain<IUserGrain>(UserId.KeyOf(userId)).RenewAsync(Id, connectionIds).WaitAsync(_options.CallTimeout, _world.Time);
        }
        catch (Exception exception)
        {
            // The next round asks again.
            _world.Findings.Note($"{Name} could not renew {userId}: {exception.GetType().Name}");
        }
    }
}
