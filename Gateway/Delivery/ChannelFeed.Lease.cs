using WhatsSound.Channels;
using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>Keeping what the channel knows of this gateway alive. Called by <see cref="LeaseLoop"/> only; one renewal at a time per feed.</summary>
internal sealed partial class ChannelFeed
{
    private Position? _headBefore;
    private bool _wasPresenceUnknown;
    private int _isRenewing;

    /// <summary>Whether a renewal is under way.</summary>
    public bool IsRenewing => Volatile.Read(ref _isRenewing) != 0;

    /// <summary>When the last renewal began, if it failed; 0, if it did not.</summary>
    public long FailedRenewalAt { get; private set; }

    /// <summary>Renews the lease, and makes good what the answer says is missing. Does nothing while that is under way. Does not throw.</summary>
    public async Task RenewAsync()
    {
        if (_phase is FeedPhase.Opening or FeedPhase.Closed || Interlocked.Exchange(ref _isRenewing, 1) != 0)
            return;
        var startedAt = _services.Time.GetTimestamp();
        try
        {
            var entered = Entered();
            var lease = new GatewayLease
            {
                GatewayId = _services.GatewayId,
                ConnectionCount = entered.Count,
                ConnectionDigest = entered.Aggregate(0UL, static (digest, entry) => digest ^ ConnectionDigest.Of(entry.UserId, entry.ConnectionId)),
            };
            var answer = await InTimeAsync(_grain.RenewAsync(lease));
            if (!answer.LaneKnown && _services.HasLanes)
                await ResubscribeAsync();
            else
                CompareHead(answer.Head);
            await ComparePresenceAsync(answer);
            FailedRenewalAt = 0;
        }
        catch (Exception exception)
        {
            // The channel is starting, moving or gone for now; the next round asks again.
            FailedRenewalAt = startedAt;
            DeliveryLog.RenewFailed(_services.Logger, exception, Channel);
        }
        finally
        {
            Volatile.Write(ref _isRenewing, 0);
        }
    }

    /// <summary>
    /// Closes the feed if it has had no session for a while; the caller unsubscribes. Not while it renews: that may be subscribing again.
    /// </summary>
    public bool TryCloseIdle()
    {
        lock (_gate)
        {
            if (_phase == FeedPhase.Opening || _sessions.Count > 0 || IsRenewing)
                return false;
            if (!IsClosed && _services.Time.GetElapsedTime(_emptySince) < _services.Options.Linger)
                return false;
            if (!IsClosed)
                _services.Meters.FeedClosed();
            _phase = FeedPhase.Closed;
            return true;
        }
    }

    /// <summary>Ends the subscription of a closed feed. Does not throw.</summary>
    public Task UnsubscribeAsync() => _subscription.CloseAsync();

    private Task ResubscribeAsync() => _subscription.RenewAsync(() =>
    {
        DeliveryLog.Resubscribed(_services.Logger, Channel);
        Verify();
    });

    /// <summary>A feed that has not reached by this answer what the one before named has lost a frame: frames do not take that long.</summary>
    private void CompareHead(Position head)
    {
        bool isBehind;
        lock (_gate)
        {
            isBehind = _headBefore is { } before && _window.IsBehind(before);
            _headBefore = !isBehind && _window.IsBehind(head) ? head : null;
        }

        if (isBehind)
            Verify();
    }

    /// <summary>
    /// Enters everybody again where the channel is new. Where only the counts differ, a join or leave may be under way: then at the second time.
    /// </summary>
    private async Task ComparePresenceAsync(GatewayLeaseAnswer answer)
    {
        var isForgotten = !answer.PresenceKnown && (!answer.LaneKnown || _wasPresenceUnknown);
        _wasPresenceUnknown = !answer.PresenceKnown && !isForgotten;
        if (!isForgotten || Entered() is not { Count: > 0 } entered)
            return;
        DeliveryLog.EnteringAgain(_services.Logger, entered.Count, Channel);
        await Parallel.ForEachAsync(
            entered,
            new ParallelOptions { MaxDegreeOfParallelism = _services.Options.ParallelCallsMax },
            async (entry, _) => await InTimeAsync(_grain.EnterAsync(entry)));
    }

    private List<PresenceEntry> Entered()
    {
        lock (_gate)
            return [.. _sessions.All.Select(static attachment => attachment.Presence).OfType<PresenceEntry>()];
    }

    private Task InTimeAsync(Task call) => call.WaitAsync(_services.Options.CallTimeout, _services.Time);

    private Task<T> InTimeAsync<T>(Task<T> call) => call.WaitAsync(_services.Options.CallTimeout, _services.Time);
}
