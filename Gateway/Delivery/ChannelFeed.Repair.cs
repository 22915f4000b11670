using WhatsSound.Channels;
using WhatsSound.Gateway.Messages;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>Reading gaps.</summary>
internal sealed partial class ChannelFeed
{
    /// <summary>Compares with the channel, in the background; while that runs, frames are held back.</summary>
    public void Verify()
    {
        lock (_gate)
        {
            if (_phase == FeedPhase.Live)
                StartRepair();
        }
    }

    private Task RepairNowAsync()
    {
        Verify();
        return _repair;
    }

    // On a scheduler of its own: the caller may be the turn in which a lane delivers, which must end soon.
    private void StartRepair()
    {
        _phase = FeedPhase.Repairing;
        _repair = Task.Factory.StartNew(RepairAsync, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
    }

    private async Task RepairAsync()
    {
        for (var wait = _services.Options.RepairRetryAfter; !await TryRepairInTurnAsync(); wait = Longer(wait))
            await Task.Delay(wait, _services.Time);
    }

    // The gate is for one reading, not for the wait after it: channels that cannot be read must not keep the others from being read.
    private async Task<bool> TryRepairInTurnAsync()
    {
        await _services.RepairGate.WaitAsync();
        try
        {
            return await TryRepairAsync();
        }
        finally
        {
            _services.RepairGate.Release();
        }
    }

    /// <summary>One reading; false, where another is needed because the channel did not answer.</summary>
    private async Task<bool> TryRepairAsync()
    {
        while (true)
        {
            Position head;
            int heldBackBefore;
            lock (_gate)
            {
                if (_phase != FeedPhase.Repairing)
                    return true;
                head = _window.Head;
                heldBackBefore = _pending.Count;
                _isPendingCut = false;
            }

            try
            {
                var recovery = await RecoverAsync(new RecoverRequest { Since = head }, CancellationToken.None);
                var rest = recovery.Verdict == Verdict.Lost ? await ReadBehindLossAsync(recovery) : null;
                if (TryContinueAfter(recovery, rest, heldBackBefore))
                    return true;
            }
            catch (Exception exception)
            {
                // The channel is starting, moving or gone for now: the feed stays in repair and asks again.
                LogRepairFailed(exception, Channel);
                return IsClosed;
            }
        }
    }

    private bool TryContinueAfter(Recovery recovery, Recovery? rest, int heldBackBefore)
    {
        lock (_gate)
        {
            if (_phase != FeedPhase.Repairing)
                return true;
            if (recovery.Verdict == Verdict.Recovered && string.Equals(recovery.Position.Epoch, _window.Head.Epoch, StringComparison.Ordinal))
            {
                foreach (var frame in CatchUp.FramesOf(Channel, _window.Head, recovery))
                    Deliver(frame);
            }
            else
            {
                TellLost(recovery, rest);
            }

            _services.Meters.Repaired(recovery.Verdict);
            return Resume(_isPendingCut ? 0 : heldBackBefore);
        }
    }

    /// <summary>
    /// Delivers what was held back. Of the frames that came before the channel was read, one that does not continue is of an older numbering, since the
    /// channel's answer covers them all; a later one means a further gap.
    /// </summary>
    private bool Resume(int heldBackBefore)
    {
        var isWhole = !_isPendingCut;
        for (var i = 0; i < _pending.Count && isWhole; i++)
        {
            var fit = _window.Fit(_pending[i]);
            if (fit == FrameFit.Continues)
                Deliver(_pending[i]);
            isWhole = fit != FrameFit.Gap || i < heldBackBefore;
        }

        if (!isWhole && _phase == FeedPhase.Repairing)
            return false;
        _pending.Clear();
        _pending.TrimExcess();
        _phase = FeedPhase.Live;
        if (!isWhole)
            StartRepair();
        return true;
    }

    /// <summary>
    /// What the channel still has behind a loss: of a new numbering all from its beginning, of the same one all above what is lost. Null: that is not whole, or
    /// has moved on; then everything up to the channel's head counts as lost.
    /// </summary>
    private async Task<Recovery?> ReadBehindLossAsync(Recovery lost)
    {
        var rest = await RecoverAsync(new RecoverRequest { Since = EndOfLoss(lost) }, CancellationToken.None);
        return rest.Verdict == Verdict.Recovered ? rest : null;
    }

    private static Position EndOfLoss(Recovery lost) => lost.Position with { Offset = lost.LostTo ?? 0 };

    private void TellLost(Recovery recovery, Recovery? rest)
    {
        LogLost(Channel, recovery.LostFrom, recovery.LostTo);
        var position = rest is null ? recovery.Position : EndOfLoss(recovery);
        _window.Reset(position, recovery.Class);
        var lost = new LostMessage(new ChannelLost(Channel, position, recovery.LostFrom, recovery.LostTo));
        _sessions.Flush();
        foreach (var attachment in _sessions.All)
        {
            attachment.HasUpTo = 0;
            attachment.Subscriber.Deliver(lost);
        }

        if (rest is null)
            return;
        foreach (var frame in CatchUp.FramesOf(Channel, position, rest))
            Deliver(frame);
    }

    /// <summary>Asks the channel, for as long as a call may take and the one who asks is there; then the channel stops reading.</summary>
    private async Task<Recovery> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await _grain.RecoverAsync(request, reading.Token).WaitAsync(_services.Options.CallTimeout, _services.Time, cancellationToken);
        }
        catch
        {
            await reading.CancelAsync();
            throw;
        }
    }

    private TimeSpan Longer(TimeSpan wait) => wait * 2 < _services.Options.CallTimeout ? wait * 2 : _services.Options.CallTimeout;

    private void LogRepairFailed(Exception exception, string channel) => DeliveryLog.RepairFailed(_services.Logger, exception, channel);

    private void LogLost(string channel, long? from, long? to) => DeliveryLog.Lost(_services.Logger, channel, from, to);
}
