using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using WhatsSound.Channels;
using WhatsSound.Grains.Hooks;
using WhatsSound.Grains.Placement;
using WhatsSound.Grains.Storage;
using WhatsSound.Grains.Streams;
using WhatsSound.Playback;
using WhatsSound.Streams;

namespace WhatsSound.Grains.Channels;

/// <summary>What all channels of a silo share.</summary>
internal sealed class ChannelServices(
    IRuleBook rules,
    IMessageLog log,
    IRestingChannels resting,
    [FromKeyedServices("grains")] IGrainStorage storage,
    LaneHub lanes,
    ILocalSiloDetails silo,
    Departures departures,
    IRoomClock clock,
    TimeProvider time,
    ChannelInstruments instruments,
    HistoryBudget histories,
    LeaseWatch leases,
    IEnumerable<SoleGateway> sole,
    HookFeed hooks,
    ILoggerFactory loggers)
{
    public IRuleBook Rules => rules;

    public LaneHub Lanes => lanes;

    /// <summary>This silo, as gateways name its lanes.</summary>
    public string Silo { get; } = silo.SiloAddress.ToParsableString();

    public Departures Departures => departures;

    public ChannelInstruments Instruments => instruments;

    public HistoryBudget Histories => histories;

    public LeaseWatch Leases => leases;

    public long NowMs => clock.NowMs;

    /// <summary>The channel's part of the message log; null: its rule keeps nothing.</summary>
    public ChannelLog? LogOf(string channel, ChannelRule rule, Action onConflict) =>
        rule.PersistAll is null && !rule.PersistLast ? null : new(log, channel, rule, time, instruments, loggers.CreateLogger<ChannelLog>(), onConflict);

    /// <summary>Where the channel's members are kept; null: its rule has no presence.</summary>
    public MembersKeeper? KeeperOf(GrainId grainId, ChannelRule rule) =>
        rule.Presence ? new(storage, grainId, sole.SingleOrDefault(), time, loggers.CreateLogger<MembersKeeper>()) : null;

    /// <inheritdoc cref="HookFeed.Of"/>
    public ChannelHooks? HooksOf(string channel, ChannelRule rule, Func<RecoverRequest, CancellationToken, Task<Recovery>> recoverAsync, Action wake, HooksMemory? moved) =>
        hooks.Of(channel, rule, recoverAsync, wake, moved);

    public ChannelRest RestOf(string channel) => new(resting, channel, time, loggers.CreateLogger<ChannelRest>());
}
