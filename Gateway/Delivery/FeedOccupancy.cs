using WhatsSound.Channels;
using WhatsSound.Gateway.Messages;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// Tells the channel how many sessions are attached here, where that has changed, and those sessions that follow it how many are in the channel. Called by <see cref="OccupancyLoop"/>, one report at a time per feed.
/// </summary>
internal sealed class FeedOccupancy(string channel, IChannelGrain grain, FeedState state, FeedSubscription subscription, FeedServices services)
{
    private Report _reported;
    private long _followsBegun;
    private int _isReporting;

    /// <summary>Whether there is nothing to report until something changes.</summary>
    public bool IsSettled
    {
        get
        {
            lock (state.Gate)
                return state.IsClosed || (state.Phase != FeedPhase.Opening && Here() == _reported);
        }
    }

    /// <summary>Whether the channel knows another number, or, since this gateway had to subscribe again, perhaps none.</summary>
    public bool IsDue
    {
        get
        {
            lock (state.Gate)
                return state.Phase is not (FeedPhase.Opening or FeedPhase.Closed) && Here() != _reported;
        }
    }

    /// <summary>Does not throw; what the channel could not be told is told in the next round.</summary>
    public async Task ReportAsync()
    {
        if (Interlocked.Exchange(ref _isReporting, 1) != 0)
            return;
        try
        {
            Report here;
            lock (state.Gate)
                here = Here();
            var report = new GatewaySubscribers
            {
                GatewayId = services.GatewayId,
                Count = here.Count,
                FollowersCount = here.Followers,
                FollowsBegun = here.FollowsBegun,
                Number = services.NextNumber(),
            };
            await grain.ReportSubscribersAsync(report).InTimeAsync(services.Options, services.Time);
            lock (state.Gate)
                _reported = here;
        }
        catch (Exception exception)
        {
            DeliveryLog.ReportFailed(services.Logger, exception, channel);
        }
        finally
        {
            Volatile.Write(ref _isReporting, 0);
        }
    }

    /// <summary>Somebody came or went, or this gateway subscribed: the next round looks at it.</summary>
    public void Changed() => services.Occupancies.Add(this);

    /// <summary>Under the feed's lock: somebody follows from now on, and is to be told.</summary>
    public void Begin() => _followsBegun = services.NextNumber();

    /// <summary>Under the feed's lock. Whoever waits for an answer that it is attached is told with the next change.</summary>
    public void Deliver(Occupancy occupancy)
    {
        OccupancyMessage? message = null;
        foreach (var attachment in state.Sessions.All)
        {
            if (attachment is { FollowsOccupancy: true, Hold: null })
                attachment.Subscriber.Deliver(message ??= new OccupancyMessage(ChannelOccupancy.Of(channel, occupancy)));
        }
    }

    private Report Here()
    {
        var followers = 0;
        foreach (var attachment in state.Sessions.All)
            followers += attachment.FollowsOccupancy ? 1 : 0;
        return new(state.Sessions.Count, followers, _followsBegun, subscription.Number);
    }

    private readonly record struct Report(int Count, int Followers, long FollowsBegun, int Subscription);
}
