using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>Keeps what the channel knows of this gateway alive. Called by <see cref="LeaseLoop"/> only; one renewal at a time per feed.</summary>
internal sealed class FeedLease(string channel, IChannelGrain grain, FeedState state, FeedRepair repair, FeedSubscription subscription, FeedServices services)
{
    /// <summary>How often in an interval a channel that does not answer is asked, in the end: it answers at its new place within so long of its silo's death being known.</summary>
    private const int TriesPerInterval = 3;

    private Position? _headBefore;
    private TimeSpan _pause;
    private int _isRenewing;

    /// <summary>Whether a renewal is under way.</summary>
    public bool IsRenewing => Volatile.Read(ref _isRenewing) != 0;

    /// <summary>When the last renewal began, if it failed; 0, if it did not.</summary>
    public long FailedRenewalAt { get; private set; }

    /// <summary>When it ended.</summary>
    private long FailedAt { get; set; }

    /// <summary>Whether the channel is to be asked before the next round over all: it did not answer, a while ago, or its lane is gone.</summary>
    public bool IsDue => !IsRenewing && (services.Standing.IsForgotten(channel) || (FailedRenewalAt != 0 && services.Time.GetElapsedTime(FailedAt) >= _pause));

    /// <summary>Whether there is nothing to say that the renewal of the lane does not.</summary>
    public bool Stands => services.Standing.Stands(channel);

    /// <summary>Renews the lease, and makes good what the answer says is missing. Does nothing while that is under way. Does not throw.</summary>
    public async Task RenewAsync()
    {
        if (state.Phase is FeedPhase.Opening or FeedPhase.Closed || Interlocked.Exchange(ref _isRenewing, 1) != 0)
            return;
        var startedAt = services.Time.GetTimestamp();
        TellHowFar();
        try
        {
            await AskAsync();
            FailedRenewalAt = 0;
            _pause = TimeSpan.Zero;
        }
        catch (Exception exception)
        {
            // The channel is starting, moving or gone for now, and is asked again soon.
            _pause = Patience.Longer(_pause, services.Options.RenewInterval / TriesPerInterval, services.Options);
            FailedAt = services.Time.GetTimestamp();
            FailedRenewalAt = startedAt;
            services.Pace.Soon(_pause);
            DeliveryLog.RenewFailed(services.Logger, exception, channel);
        }
        finally
        {
            Volatile.Write(ref _isRenewing, 0);
        }
    }

    /// <summary>The feed is closed: what stands is not to count any more.</summary>
    public void End() => services.Standing.Close(channel);

    /// <summary>Those who want a part of the channel, where nothing has passed for long.</summary>
    public void TellHowFar()
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

    private async Task AskAsync()
    {
        // First the number: whatever happens in the channel from here on ends it.
        var number = services.Standing.Ask(channel);
        var settled = services.Presence.Settled(channel);
        var lease = new GatewayLease
        {
            GatewayId = services.GatewayId,
            ConnectionCount = settled.Count,
            Connections = settled,
            Number = services.HasLanes && services.Presence.IsSettled(channel) ? number : 0,
        };
        var answer = await AskAsync(lease, number);
        var isUpToDate = (answer.LaneKnown || !services.HasLanes) && !CompareHead(answer.Head);
        services.Standing.Answered(channel, number, answer.Standing, isAgreed: isUpToDate && answer.PresenceKnown);
        if (!answer.LaneKnown && services.HasLanes)
            await ResubscribeAsync();
        if (!answer.PresenceKnown || (!answer.LaneKnown && settled.UpTo == 0))
            await ReconcileAsync();
    }

    private async Task<GatewayLeaseAnswer> AskAsync(GatewayLease lease, long number)
    {
        try
        {
            return await grain.RenewAsync(lease).InTimeAsync(services.Options, services.Time);
        }
        catch
        {
            services.Standing.Unanswered(channel, number);
            throw;
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

    /// <summary>
    /// Whether the feed is behind. One that has not reached by this answer what the one before named has lost a frame: frames do not take that long.
    /// </summary>
    private bool CompareHead(Position head)
    {
        bool isBehind, hasLost;
        lock (state.Gate)
        {
            isBehind = state.Phase != FeedPhase.Live || state.Window.IsBehind(head);
            hasLost = _headBefore is { } before && state.Window.IsBehind(before);
            _headBefore = !hasLost && state.Window.IsBehind(head) ? head : null;
        }

        if (hasLost)
            repair.Begin();
        return isBehind;
    }

    /// <summary>Page by page, so that a crowd is no message too large to send; each stands for itself.</summary>
    private async Task ReconcileAsync()
    {
        var pages = services.Presence.Pages(channel);
        DeliveryLog.Reconciling(services.Logger, pages.Sum(static page => page.Entries.Length), channel);
        foreach (var page in pages)
            services.Presence.Remove(channel, page, await grain.ReconcileAsync(page).InTimeAsync(services.Options, services.Time));
    }
}
