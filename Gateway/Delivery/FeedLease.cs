using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>Keeps what the channel knows of this gateway alive. Called by <see cref="LeaseLoop"/> only; one renewal at a time per feed.</summary>
internal sealed class FeedLease(string channel, IChannelGrain grain, FeedState state, FeedRepair repair, FeedSubscription subscription, FeedServices services)
{
    private Position? _headBefore;
    private int _isRenewing;

    /// <summary>Whether a renewal is under way.</summary>
    public bool IsRenewing => Volatile.Read(ref _isRenewing) != 0;

    /// <summary>When the last renewal began, if it failed; 0, if it did not.</summary>
    public long FailedRenewalAt { get; private set; }

    /// <summary>Renews the lease, and makes good what the answer says is missing. Does nothing while that is under way. Does not throw.</summary>
    public async Task RenewAsync()
    {
        if (state.Phase is FeedPhase.Opening or FeedPhase.Closed || Interlocked.Exchange(ref _isRenewing, 1) != 0)
            return;
        var startedAt = services.Time.GetTimestamp();
        TellHowFar();
        try
        {
            var settled = services.Presence.Settled(channel);
            var lease = new GatewayLease { GatewayId = services.GatewayId, ConnectionCount = settled.Count, Connections = settled };
            var answer = await InTimeAsync(grain.RenewAsync(lease));
            if (!answer.LaneKnown && services.HasLanes)
                await ResubscribeAsync();
            else
                CompareHead(answer.Head);
            if (!answer.PresenceKnown || (!answer.LaneKnown && settled.UpTo == 0))
                await ReconcileAsync();
            FailedRenewalAt = 0;
        }
        catch (Exception exception)
        {
            // The channel is starting, moving or gone for now; the next round asks again.
            FailedRenewalAt = startedAt;
            DeliveryLog.RenewFailed(services.Logger, exception, channel);
        }
        finally
        {
            Volatile.Write(ref _isRenewing, 0);
        }
    }

    /// <summary>Those who want a part of the channel, where nothing has passed for long.</summary>
    private void TellHowFar()
    {
        lock (state.Gate)
        {
            ChannelFrame? frame = null;
            foreach (var attachment in state.Sessions.All)
            {
                if (attachment.Wants is not null)
                    attachment.TellHowFar(frame ??= EmptyFrame(), services.Options.RenewInterval);
            }
        }
    }

    private ChannelFrame EmptyFrame() => new()
    {
        Channel = channel,
        Epoch = state.Window.Head.Epoch,
        PreviousOffset = state.Window.Head.Offset,
        HeadOffset = state.Window.Head.Offset,
        Class = state.Window.Class,
        Publications = [],
    };

    private Task ResubscribeAsync() => subscription.RenewAsync(() =>
    {
        DeliveryLog.Resubscribed(services.Logger, channel);
        repair.Begin();
    });

    /// <summary>A feed that has not reached by this answer what the one before named has lost a frame: frames do not take that long.</summary>
    private void CompareHead(Position head)
    {
        bool isBehind;
        lock (state.Gate)
        {
            isBehind = _headBefore is { } before && state.Window.IsBehind(before);
            _headBefore = !isBehind && state.Window.IsBehind(head) ? head : null;
        }

        if (isBehind)
            repair.Begin();
    }

    /// <summary>Page by page, so that a crowd is no message too large to send; each stands for itself.</summary>
    private async Task ReconcileAsync()
    {
        var pages = services.Presence.Pages(channel);
        DeliveryLog.Reconciling(services.Logger, pages.Sum(static page => page.Entries.Length), channel);
        foreach (var page in pages)
            services.Presence.Remove(channel, page, await InTimeAsync(grain.ReconcileAsync(page)));
    }

    private Task<T> InTimeAsync<T>(Task<T> call) => call.WaitAsync(services.Options.CallTimeout, services.Time);
}
