using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Grains.Hooks;

/// <summary>What the channels of a silo tell outside: whom, and by which outbox.</summary>
internal sealed class HookFeed(
    IOptions<HookOptions> options, IEnumerable<IOutbox> outboxes, IGrainFactory grains, TimeProvider time, HookInstruments instruments, ILogger<HookFeed> logger)
{
    /// <summary>As long as a channel waits for the message log.</summary>
    private static readonly TimeSpan AppendTimeout = TimeSpan.FromSeconds(5);

    /// <summary>What a channel tells; null: nobody wants to be told anything of it.</summary>
    public ChannelHooks? Of(string channel, ChannelRule rule)
    {
        ImmutableArray<HookTarget> targets =
        [
            .. options.Value.Endpoints
                .Where(endpoint => endpoint.IsToldOf(channel))
                .Select(endpoint => new HookTarget(HookLanes.Of(endpoint.Name, channel), endpoint.Events.ToFrozenSet())),
        ];
        return targets.IsEmpty ? null : new(channel, targets, (long)rule.PresenceLease.TotalMilliseconds, rule.PersistAll is not null, this);
    }

    public Task<OutboxMark?> FindMarkAsync(string channel, CancellationToken cancellationToken) => Outbox.FindMarkAsync(channel, cancellationToken);

    /// <summary>False: the outbox has it not, or nobody knows. Does not throw.</summary>
    public async Task<bool> TryAppendAsync(OutboxAppend append)
    {
        try
        {
            using var timeout = new CancellationTokenSource(AppendTimeout, time);
            await Outbox.AppendAsync(append, timeout.Token);
        }
        catch (Exception exception)
        {
            // Whatever keeps the database from it, the same is appended again.
            logger.NotAppended(exception, append.Mark?.Channel ?? "");
            return false;
        }

        await WakeAsync(append);
        return true;
    }

    /// <summary>So many events of a channel are told to nobody.</summary>
    public void Lose(string channel, int count)
    {
        instruments.Lost(count);
        logger.NeverAppended(count, channel);
    }

    /// <summary>Publications of a channel may be untold.</summary>
    public void LoseGap(string channel) => logger.GapLost(channel);

    private IOutbox Outbox => outboxes.Single();

    private async Task WakeAsync(OutboxAppend append)
    {
        try
        {
            foreach (var lane in append.Entries.Select(static entry => entry.Lane).Distinct(StringComparer.Ordinal))
                await grains.GetGrain<IHookLaneGrain>(lane).WakeAsync();
        }
        catch (Exception exception)
        {
            // It waits where the next patrol finds it.
            logger.LaneFailed(exception, append.Entries[0].Lane);
        }
    }
}
