using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Channels;
using WhatsSound.Control;
using WhatsSound.Gateway;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Playback;
using WhatsSound.Publications;
using WhatsSound.Streams;

namespace WhatsSound.Tests.Gateway.Doubles;

/// <summary>The delivering half of a gateway over doubles of channels, on a fake clock.</summary>
internal sealed class FakeGateway : IDisposable
{
    private readonly FeedServices _services;
    private int _sessionsMade;

    public FakeGateway(DeliveryOptions? delivery = null, SessionLimits? limits = null, params IEnumerable<ChannelRule> rules)
    {
        MeterFactory = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        var meters = new GatewayMeters(MeterFactory);
        var identity = new GatewayIdentity(Guid.NewGuid());
        DeliveryOptions = delivery ?? new DeliveryOptions();
        var deliveryOptions = Options.Create(DeliveryOptions);
        var sessionLimits = Options.Create(limits ?? new SessionLimits());
        Lanes = new LaneSubscriber(Cluster, identity, NullLogger<LaneSubscriber>.Instance);
        _services = new FeedServices(
            Cluster, new LiveStreamProvider(null, Lanes), identity, deliveryOptions, Time, meters, NullLogger<ChannelFeed>.Instance);
        Feeds = new FeedRegistry(_services);
        OutboxPolicy = new OutboxPolicy(sessionLimits, Time, meters, NullLogger<Outbox>.Instance);
        Allowances = new Allowances(sessionLimits, Time);
        var channelRules = new ChannelRules([.. ChannelOptions.Defaults, .. rules]);
        var access = new ChannelAccess(channelRules, NoRevocations.Instance, Feeds, Allowances);
        Acts = new ChannelActs(Cluster, channelRules, access, Allowances);
        Channels = new SessionChannels(Cluster, Feeds, channelRules, access, Acts, identity, sessionLimits, deliveryOptions, Time, NullLogger<SessionChannels>.Instance);
        Rooms = new SessionRooms(Cluster, Channels, sessionLimits);
        // Nobody connects or authenticates by a request here.
        CallServices = new CallServices(host: null!, access, Acts, Channels, new SessionHistory(access, Acts), Rooms, Cluster, new RoomClock(Time), Allowances);
        Sessions = new SessionRegistry(meters);
        Users = new SessionUsers(Cluster, Sessions, new Strangers(Sessions, sessionLimits, Time), identity, deliveryOptions, Time, NullLogger<SessionUsers>.Instance);
        Calls = new SessionCalls(
            CallServices,
            Users,
            tokens: null!,
            new SessionConduct(sessionLimits, Allowances),
            meters,
            new CallFailures(NullLogger<CallFailures>.Instance));
        Parking = new SessionParking(Cluster, Feeds, Users, sessionLimits, Time, meters);
        Resume = new SessionResume(
            Parking,
            Users,
            Channels,
            Rooms,
            new CallFailures(NullLogger<CallFailures>.Instance),
            Allowances,
            sessionLimits,
            Time,
            meters,
            NullLogger<SessionResume>.Instance);
        Leases = new LeaseLoop(Feeds, deliveryOptions, Time, NullLogger<LeaseLoop>.Instance);
    }

    public DeliveryOptions DeliveryOptions { get; }

    public FakeTimeProvider Time { get; } = new();

    public FakeCluster Cluster { get; } = new();

    public LaneSubscriber Lanes { get; }

    public FeedRegistry Feeds { get; }

    public SessionChannels Channels { get; }

    public ChannelActs Acts { get; }

    public SessionRooms Rooms { get; }

    public Allowances Allowances { get; }

    public SessionRegistry Sessions { get; }

    public SessionUsers Users { get; }

    public CallServices CallServices { get; }

    public SessionCalls Calls { get; }

    public SessionParking Parking { get; }

    public SessionResume Resume { get; }

    /// <summary>The scope of what it counts.</summary>
    public IMeterFactory MeterFactory { get; }

    public LeaseLoop Leases { get; }

    public OutboxPolicy OutboxPolicy { get; }

    public (Session Session, RecordingSocket Socket) Connect(string userId = "ada")
    {
        var socket = new RecordingSocket();
        var session = new Session($"c{Interlocked.Increment(ref _sessionsMade)}", "test", isTls: false, socket, OutboxPolicy)
        {
            Identity = new SessionIdentity { UserId = userId, ExpiresAt = DateTimeOffset.MaxValue },
        };
        return (session, socket);
    }

    /// <summary>Subscribes; fails the test if refused.</summary>
    public async Task<Recovery> SubscribeAsync(Session session, string channel, Position? since = null)
    {
        var answer = await Channels.SubscribeAsync(session, channel, new AttachRequest(new RecoverRequest { Since = since }));
        Assert.Null(answer.Refusal);
        session.Answer(answer: null, isDone: true);
        return answer.Value!;
    }

    /// <summary>One round of lease renewals.</summary>
    public async Task RenewAsync()
    {
        foreach (var feed in Feeds.All)
            await feed.Lease.RenewAsync();
    }

    public void Dispose()
    {
        Leases.Dispose();
        _services.Dispose();
        Lanes.Dispose();
    }
}
