using WhatsSound.Channels;
using WhatsSound.Gateway.Messages;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>Reads a feed's gaps from the channel, for as long as it takes; what cannot be read is told as <c>lost</c>. One reading at a time per feed.</summary>
internal sealed class FeedRepair(string channel, FeedState state, ChannelReader reader, FeedServices services)
{
    private Task _running = Task.CompletedTask;

    /// <summary>Compares with the channel, in the background; while that runs, frames are held back.</summary>
    public void Begin()
    {
        lock (state.Gate)
        {
            if (state.TryBeginRepair())
                Start();
        }
    }

    /// <summary>As <see cref="Begin"/>; done when the feed goes on.</summary>
    public Task RunAsync()
    {
        Begin();
        return _running;
    }

    /// <summary>Starts what <see cref="FeedState"/> has begun, under its lock.</summary>
    // On a scheduler of its own: the caller may be the turn in which a lane delivers, which must end soon.
    public void Start() =>
        _running = Task.Factory.StartNew(RepairAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();

    private async Task RepairAsync()
    {
        for (var wait = services.Options.RepairRetryAfter; !await TryInTurnAsync(); wait = Patience.Longer(wait, services.Options.CallTimeout, services.Options))
            await Task.Delay(wait, services.Time);
    }

    // The gate is for one reading, not for the wait after it: channels that cannot be read must not keep the others from being read.
    private async Task<bool> TryInTurnAsync()
    {
        await services.RepairGate.WaitAsync();
        try
        {
            return await TryAsync();
        }
        finally
        {
            services.RepairGate.Release();
        }
    }

    /// <summary>Reads until the feed goes on; false, where it must be tried again because the channel did not answer.</summary>
    private async Task<bool> TryAsync()
    {
        while (true)
        {
            (Position Head, int HeldBackCount)? begun;
            lock (state.Gate)
                begun = state.BeginReading();
            if (begun is not { } reading)
                return true;

            try
            {
                var recovery = await reader.ReadAsync(new RecoverRequest { Since = reading.Head });
                var rest = recovery.Verdict == Verdict.Lost ? await ReadBehindLossAsync(recovery) : null;
                if (TryContinue(recovery, rest, reading.HeldBackCount))
                    return true;
            }
            catch (Exception exception)
            {
                // The channel is starting, moving or gone for now: the feed stays in repair and asks again.
                DeliveryLog.RepairFailed(services.Logger, exception, channel);
                return state.IsClosed;
            }
        }
    }

    private bool TryContinue(Recovery recovery, Recovery? rest, int heldBackBefore)
    {
        lock (state.Gate)
        {
            if (state.Phase != FeedPhase.Repairing)
                return true;
            if (recovery.Verdict == Verdict.Recovered && string.Equals(recovery.Position.Epoch, state.Window.Head.Epoch, StringComparison.Ordinal))
                Deliver(state.Window.Head, recovery);
            else
                TellLost(recovery, rest);
            services.Meters.Repaired(recovery.Verdict);
            return state.Resume(heldBackBefore);
        }
    }

    /// <summary>
    /// What the channel still has behind a loss: of a new numbering all from its beginning, of the same one all above what is lost. Null: that is not whole, or
    /// has moved on; then everything up to the channel's head counts as lost.
    /// </summary>
    private async Task<Recovery?> ReadBehindLossAsync(Recovery lost)
    {
        var rest = await reader.ReadAsync(new RecoverRequest { Since = EndOfLoss(lost) });
        return rest.Verdict == Verdict.Recovered ? rest : null;
    }

    private static Position EndOfLoss(Recovery lost) => lost.Position with { Offset = lost.LostTo ?? 0 };

    private void TellLost(Recovery recovery, Recovery? rest)
    {
        var position = rest is null ? recovery.Position : EndOfLoss(recovery);

        // Without the rest everything up to the head is gone, of the same numbering too.
        long? lostTo = recovery.LostFrom is null ? null : position.Offset;
        DeliveryLog.Lost(services.Logger, channel, recovery.LostFrom, lostTo);
        state.Window.Reset(position, recovery.Class);
        state.Sessions.TellLost(new LostMessage(new ChannelLost(channel, position, recovery.LostFrom, lostTo)));
        if (rest is not null)
            Deliver(position, rest);
    }

    private void Deliver(Position since, Recovery recovery)
    {
        foreach (var frame in CatchUp.FramesOf(channel, since, recovery))
            state.Deliver(frame);
    }
}
