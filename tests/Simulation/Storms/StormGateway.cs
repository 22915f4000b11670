using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Control;
using WhatsSound.Gateway;
using WhatsSound.Gateway.Application;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Rooms;
using WhatsSound.Streams;
using WhatsSound.Tests.Simulation.Faults;

namespace WhatsSound.Tests.Simulation.Storms;

/// <summary>The gateway's own sessions, delivery and leases, on the storm's network and clock. It can die.</summary>
internal sealed class StormGateway : IDisposable
{
    private readonly ObservedClient _cluster;
    private readonly LaneSubscriber _lanes;
    private readonly FeedServices _services;
    private readonly SessionRegistry _sessions;
    private readonly SessionUsers _users;
    private readonly SessionParking _parking;
    private readonly SessionEnd _end;
    private readonly OutboxPolicy _outboxPolicy;
    private readonly LeaseLoop _leases;
    private readonly UserLeaseLoop _userLeases;
    private readonly DismissalLoop _dismissals;
    private readonly GatewayLife _life = new();
    private int _sessionsMade;

    public StormGateway(StormWorld world, string name)
    {
        Name = name;
        var time = world.Clock.Time;
        var meters = new GatewayMeters(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
        var identity = new GatewayIdentity(Guid.NewGuid());
        var delivery = Options.Create(new DeliveryOptions());
        var limits = Options.Create(new SessionLimits());
        _cluster = new ObservedClient(
            world.Cluster.Client, receiver => new FaultyLanes(world.Receives(receiver), _life, world.Dice, world.Rates, world.Clock));
        _lanes = new(_cluster, identity, NullLogger<LaneSubscriber>.Instance);
        _services = new(_cluster, new LiveStreamProvider(null, _lanes), identity, delivery, time, meters, NullLogger<ChannelFeed>.Instance);
        var feeds = new FeedRegistry(_services);
        _sessions = new(meters);
        _outboxPolicy = new(limits, time, meters, NullLogger<Outbox>.Instance);
        var (rules, allowances) = (new ChannelRules(ChannelOptions.Defaults), new Allowances(limits, time));
        var access = new ChannelAccess(rules, NoRevocations.Instance, feeds, allowances);
        var acts = new ChannelActs(_cluster, rules, access, allowances, DeskOf(time));
        var channels = new SessionChannels(_cluster, feeds, rules, access, acts, identity, limits, delivery, time, NullLogger<SessionChannels>.Instance);
        _users = new(_cluster, _sessions, new(_sessions, limits, time), identity, delivery, time, NullLogger<SessionUsers>.Instance);
        _parking = new(_cluster, feeds, _users, limits, time, meters);
        _end = new(_sessions, channels, _parking, NullLogger<SessionEnd>.Instance);
        _leases = new(feeds, delivery, time, NullLogger<LeaseLoop>.Instance);
        _userLeases = new(_users, delivery, time, NullLogger<UserLeaseLoop>.Instance);
        Rooms = new(_cluster, channels, limits);
        _dismissals = new(feeds, _sessions, Rooms, NullLogger<DismissalLoop>.Instance);
        Id = identity.Id;
    }

    public string Name { get; }

    public Guid Id { get; }

    public SessionRooms Rooms { get; }

    public bool IsDead => _life.IsOver;

    public IRoomGrain Room => _cluster.GetGrain<IRoomGrain>(RoomId.KeyOf(StormWorld.RoomName));

    public Task StartAsync() => RunAsync(() => Task.WhenAll(_leases.StartAsync(CancellationToken.None), _userLeases.StartAsync(CancellationToken.None), _dismissals.StartAsync(CancellationToken.None)));

    public Session Open(string userId, ISessionSocket socket)
    {
        var session = new Session($"{Name}-{Interlocked.Increment(ref _sessionsMade)}", "storm", isTls: true, socket, _outboxPolicy)
        {
            Identity = new SessionIdentity { UserId = userId, ExpiresAt = DateTimeOffset.MaxValue },
        };
        _sessions.Add(session);
        return session;
    }

    /// <summary>As at a session's first request.</summary>
    public Task<Refusal?> ConnectUserAsync(Session session) => RunAsync(() => _users.ConnectAsync(session, session.GivenUp));

    public Task EndAsync(Session session) => RunAsync(() => _end.EndAsync(session));

    /// <summary>Does something as this gateway: once it is dead, no call of it goes out.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        Network.Caller.Value = _life;
        return await work();
    }

    /// <summary>As a crash: no session is ended, no channel told.</summary>
    public void Die()
    {
        _life.End();
        foreach (var session in _sessions.All)
            session.Outbox.End();
        Dispose();
    }

    public void Dispose()
    {
        _leases.Dispose();
        _userLeases.Dispose();
        _dismissals.Dispose();
        _lanes.Dispose();
        _parking.Dispose();
    }

    private async Task RunAsync(Func<Task> work)
    {
        Network.Caller.Value = _life;
        await work();
    }

    /// <summary>There is no app that decides anything.</summary>
    private static ApplicationDesk DeskOf(TimeProvider time)
    {
        var settings = Options.Create(new ApplicationOptions());
        return new([], new HttpApplication(settings, time), new ApplicationGates(settings.Value, time), settings, time, NullLogger<ApplicationDesk>.Instance);
    }
}
