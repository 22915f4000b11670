using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Grains.Storage;
using WhatsSound.Playback;

namespace WhatsSound.Grains.Hooks;

/// <summary>What the channels of a silo tell outside: whom, and by which outbox.</summary>
internal sealed class HookFeed(
    IOptions<HookOptions> options, IEnumerable<IOutbox> outboxes, IGrainFactory grains, IRoomClock clock, TimeProvider time, HookInstruments instruments, ILogger<HookFeed> logger)
{
    /// <summary>As long as a channel waits for the message log.</summary>
    private static readonly TimeSpan AppendTimeout = TimeSpan.FromSeconds(5);

    private readonly Deadline _reading = new(Deadline.ActivationStep, time);
    private int _isFailing;

    /// <summary>Now, room time.</summary>
    public long NowMs => clock.NowMs;

    /// <summary>What a channel tells; null: nobody wants to be told anything of it.</summary>
    /// <param name="channel">Its name.</param>
    /// <param name="rule">The channel's.</param>
    /// <param name="recoverAsync">Reads what the channel has; interleaves.</param>
    /// <param name="wake">Has what is due looked at.</param>
    /// <param name="moved">What it had on the silo that it left, if any.</param>
    public ChannelHooks? Of(string channel, ChannelRule rule, Func<RecoverRequest, CancellationToken, Task<Recovery>> recoverAsync, Action wake, HooksMemory? moved)
    {
        ImmutableArray<HookTarget> targets =
        [
            .. options.Value.Endpoints
                .Where(endpoint => endpoint.IsToldOf(channel))
                .Select(endpoint => new HookTarget(HookLanes.Of(endpoint.Name, channel), endpoint.Events.ToFrozenSet())),
        ];
        return targets.IsEmpty ? null : new(channel, targets, rule, recoverAsync, wake, moved, this);
    }

    /// <summary>In time; throws otherwise.</summary>
    public Task<OutboxMark?> FindMarkAsync(string channel) => _reading.RunAsync(token => Outbox.FindMarkAsync(channel, token), CancellationToken.None);

    /// <summary>Ends when the outbox has it, or has refused it, whenever that is: as long as it does not, the channel appends nothing else.</summary>
    public async Task AppendAsync(OutboxAppend append) => await Outbox.AppendAsync(append, CancellationToken.None);

    /// <summary>Waits for an append, for a while. False: the outbox has it not, or nobody knows. Does not throw.</summary>
    public async Task<bool> TryEndAsync(Task appending, string channel, OutboxAppend append)
    {
        try
        {
            await appending.WaitAsync(AppendTimeout, time);
        }
        catch (Exception exception)
        {
            // Whatever keeps the database from it, the same is appended again.
            Fail(exception, channel);
            return false;
        }

        if (Interlocked.Exchange(ref _isFailing, 0) == 1)
            logger.AppendedAgain(channel);
        await WakeAsync(append);
        return true;
    }

    /// <summary>The outbox fails: said once until it is well again, since every channel finds it so each second.</summary>
    public void Fail(Exception exception, string channel)
    {
        if (Interlocked.Exchange(ref _isFailing, 1) == 0)
            logger.NotAppended(exception, channel);
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
