using System.Collections.Concurrent;

namespace WhatsSound.Gateway.Delivery;

/// <summary>The feeds of this gateway: one per channel that a session is attached to, or was a moment ago.</summary>
internal sealed class FeedRegistry(FeedServices services)
{
    private readonly ConcurrentDictionary<string, ChannelFeed> _feeds = new(StringComparer.Ordinal);

    public IEnumerable<ChannelFeed> All => _feeds.Select(static pair => pair.Value);

    /// <summary>The channel's open feed, opened now if there is none. Opening is done by the first who attaches.</summary>
    public ChannelFeed FeedOf(string channel)
    {
        while (true)
        {
            var feed = _feeds.GetOrAdd(channel, static (name, services) => new ChannelFeed(name, services), services);
            if (!feed.IsClosed)
                return feed;
            Remove(feed);
        }
    }

    /// <summary>Closes the feeds that have had no session for a while.</summary>
    public async Task CloseIdleAsync()
    {
        foreach (var feed in All)
        {
            if (await feed.TryCloseIdleAsync())
                Remove(feed);
        }
    }

    private void Remove(ChannelFeed feed) => _feeds.TryRemove(KeyValuePair.Create(feed.Channel, feed));
}
