using System.Collections.Concurrent;

namespace WhatsSound.Gateway.Delivery;

/// <summary>The feeds of this gateway: one per channel that a session is attached to, or was a moment ago.</summary>
internal sealed class FeedRegistry(FeedServices services)
{
    private readonly ConcurrentDictionary<string, ChannelFeed> _feeds = new(StringComparer.Ordinal);
    private Task _closing = Task.CompletedTask;

    /// <summary>Which connections are in which channels' presence.</summary>
    public PresenceLedger Presence => services.Presence;

    /// <summary>Who is out of which rooms.</summary>
    public Dismissals Dismissals => services.Dismissals;

    /// <summary>What renews many channels at once.</summary>
    public LaneLeases Lanes { get; } = new(services);

    /// <summary>When they are renewed.</summary>
    public RenewalPace Pace => services.Pace;

    /// <summary>Those of which another number of sessions is to be reported.</summary>
    public IEnumerable<FeedOccupancy> ToReport => services.Occupancies.All(static occupancy => !occupancy.IsSettled).Where(static occupancy => occupancy.IsDue);

    public IEnumerable<ChannelFeed> All => _feeds.Select(static pair => pair.Value);

    /// <summary>Whether the channel has a feed here.</summary>
    public bool Has(string channel) => _feeds.ContainsKey(channel);

    /// <summary>The channel's open feed, opened now if there is none. Opening is done by the first who attaches.</summary>
    public ChannelFeed FeedOf(string channel)
    {
        while (true)
        {
            if (!_feeds.TryGetValue(channel, out var feed))
            {
                feed = new ChannelFeed(channel, services);
                if (!_feeds.TryAdd(channel, feed))
                    continue;
                services.Empty.Add(feed);
            }

            if (!feed.IsClosed)
                return feed;
            Remove(feed);
        }
    }

    /// <summary>
    /// Closes the feeds that have had no session for a while. They are closed when this returns; the task is telling their channels, which may not answer
    /// in time: a round of renewals must not wait for it. While it runs no more are closed, so that its bound is that of all calls. One caller at a time.
    /// </summary>
    public Task CloseIdleAsync()
    {
        if (!_closing.IsCompleted)
            return _closing;
        ChannelFeed[] closed = [.. services.Empty.All(static feed => feed.IsEmpty).Where(static feed => feed.TryCloseIdle())];
        foreach (var feed in closed)
            Remove(feed);
        if (closed.Length > 0)
            _closing = DetachAsync(closed);
        return _closing;
    }

    private Task DetachAsync(ChannelFeed[] closed) => Parallel.ForEachAsync(
        closed,
        new ParallelOptions { MaxDegreeOfParallelism = services.Options.ParallelCallsMax },
        static (feed, _) => new ValueTask(feed.UnsubscribeAsync()));

    private void Remove(ChannelFeed feed)
    {
        _feeds.TryRemove(KeyValuePair.Create(feed.Channel, feed));
        services.Empty.Remove(feed);
    }
}
