using System.Collections.Immutable;
using WhatsSound.Presence;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// Which of this gateway's connections are in the presence of which channels, and for which of them a call is under way. It numbers entries and exits, so that
/// channels know the order in which they were made. Bounded by the attachments of sessions. Safe from any thread.
/// </summary>
internal sealed class PresenceLedger(Guid gatewayId)
{
    /// <summary>Beyond so many calls under way in one channel nothing is compared: their names would be more than the rest of a renewal.</summary>
    public const int UnsettledMax = 256;

    /// <summary>Entries in a page: at most 200 KB, with the largest infos and names.</summary>
    public const int PageMax = 128;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, Stay>> _channels = new(StringComparer.Ordinal);
    private long _last;

    /// <summary>Called with the channel when an entry or exit is about to be made in it; under the ledger's lock.</summary>
    public Action<string> Changing { get; init; } = static _ => { };

    /// <summary>Numbers an entry that is about to be made. <see cref="Entered"/>, <see cref="NotEntered"/> or <see cref="MaybeEntered"/> must follow.</summary>
    public PresenceEntry Enter(string channel, PresenceEntry entry)
    {
        lock (_gate)
        {
            Changing(channel);
            var stay = StayOf(channel, entry);
            stay.Begin(++_last, isExit: false);
            return entry with { Sequence = stay.Last };
        }
    }

    /// <summary>The channel has taken it; that counts unless the connection has left or entered anew meanwhile.</summary>
    public void Entered(string channel, PresenceEntry entry) => End(channel, entry.ConnectionId, stay => stay.Become(entry));

    /// <summary>The channel has not taken it: what was entered before still counts.</summary>
    public void NotEntered(string channel, PresenceEntry entry) => End(channel, entry.ConnectionId, static _ => { });

    /// <summary>
    /// Nobody knows. Where the connection was in presence it is to be there as it was last wanted; where it was not, it is not to be: then this is the exit to be made,
    /// as of one who was lost, and <see cref="Exited"/> must follow.
    /// </summary>
    public PresenceExit? MaybeEntered(string channel, PresenceEntry entry)
    {
        lock (_gate)
        {
            var isIn = _channels.TryGetValue(channel, out var stays) && stays.TryGetValue(entry.ConnectionId, out var stay) && stay.Entry is not null;
            var exit = isIn ? null : Exit(channel, entry.ConnectionId, isAbrupt: true);
            End(channel, entry.ConnectionId, stay => stay.Become(entry));
            return exit;
        }
    }

    /// <summary>
    /// Numbers an exit that is about to be made: from now on the connection is not in presence any more. <see cref="Exited"/> must follow. Null: it is not, and is
    /// not about to be.
    /// </summary>
    public PresenceExit? Exit(string channel, string connectionId, bool isAbrupt)
    {
        lock (_gate)
        {
            if (!_channels.TryGetValue(channel, out var stays) || !stays.TryGetValue(connectionId, out var stay) || !stay.MayBeIn)
                return null;
            Changing(channel);
            stay.Begin(++_last, isExit: true);
            stay.Entry = null;
            return new PresenceExit { UserId = stay.UserId, ConnectionId = connectionId, Abrupt = isAbrupt, Sequence = stay.Last };
        }
    }

    /// <summary>The channel has been told, or could not be: then a comparison will.</summary>
    public void Exited(string channel, PresenceExit exit) => End(channel, exit.ConnectionId, static _ => { });

    /// <summary>As the connection is entered; null: it is not.</summary>
    public PresenceEntry? Find(string channel, string connectionId)
    {
        lock (_gate)
            return _channels.TryGetValue(channel, out var stays) && stays.TryGetValue(connectionId, out var stay) ? stay.Entry : null;
    }

    /// <summary>What is to be compared with what the channel knows.</summary>
    public ConnectionSet Settled(string channel)
    {
        lock (_gate)
        {
            var stays = StaysIn(channel);
            var unsettled = UnsettledOf(stays);
            if (unsettled.Length > UnsettledMax)
                return new ConnectionSet { Count = 0, Digest = 0, UpTo = 0 };
            var settled = stays.Values.Where(static stay => stay is { CallsCount: 0, Entry: not null }).Select(static stay => stay.Entry!).ToList();
            return new ConnectionSet
            {
                Count = settled.Count,
                Digest = settled.Aggregate(0UL, static (digest, entry) => digest ^ ConnectionDigest.Of(entry)),
                UpTo = _last,
                Unsettled = unsettled,
            };
        }
    }

    /// <summary>Whether no entry or exit is under way.</summary>
    public bool IsSettled(string channel)
    {
        lock (_gate)
            return StaysIn(channel).Values.All(static stay => stay.CallsCount == 0);
    }

    /// <summary>All of it in pages, for a channel that knows something else.</summary>
    public IReadOnlyList<PresenceRoll> Pages(string channel)
    {
        lock (_gate)
        {
            var stays = StaysIn(channel);
            var unsettled = UnsettledOf(stays);
            var entries = stays.Values.Select(static stay => stay.Entry).OfType<PresenceEntry>().OrderBy(static entry => entry.Sequence).ToList();
            var pages = new List<PresenceRoll>();
            var after = 0L;
            do
            {
                var page = entries.Skip(pages.Count * PageMax).Take(PageMax).ToImmutableArray();
                var isLast = (pages.Count + 1) * PageMax >= entries.Count;
                var upTo = isLast ? _last : page[^1].Sequence;
                var isNamed = unsettled.Length <= UnsettledMax;
                pages.Add(new PresenceRoll { GatewayId = gatewayId, After = isNamed ? after : upTo, UpTo = upTo, Entries = page, Unsettled = isNamed ? unsettled : [] });
                after = upTo;
            }
            while (pages.Count * PageMax < entries.Count);
            return pages;
        }
    }

    /// <summary>The channel does not take these, whatever the page says: they are in presence no more.</summary>
    public void Remove(string channel, PresenceRoll page, PresenceRollAnswer answer)
    {
        foreach (var entry in page.Entries.Where(entry => answer.Refused.Contains(entry.ConnectionId, StringComparer.Ordinal)))
            Update(channel, entry.ConnectionId, stay => stay.Entry = stay.Entry?.Sequence == entry.Sequence ? null : stay.Entry);
    }

    private void End(string channel, string connectionId, Action<Stay> end) => Update(channel, connectionId, stay =>
    {
        stay.End();
        end(stay);
    });

    private void Update(string channel, string connectionId, Action<Stay> update)
    {
        lock (_gate)
        {
            if (!_channels.TryGetValue(channel, out var stays) || !stays.TryGetValue(connectionId, out var stay))
                return;
            update(stay);
            if (stay.CallsCount > 0 || stay.Entry is not null)
                return;
            stays.Remove(connectionId);
            if (stays.Count == 0)
                _channels.Remove(channel);
        }
    }

    private Stay StayOf(string channel, PresenceEntry entry)
    {
        if (!_channels.TryGetValue(channel, out var stays))
            _channels.Add(channel, stays = new(StringComparer.Ordinal));
        if (!stays.TryGetValue(entry.ConnectionId, out var stay))
            stays.Add(entry.ConnectionId, stay = new(entry.UserId));
        return stay;
    }

    private IReadOnlyDictionary<string, Stay> StaysIn(string channel) =>
        _channels.TryGetValue(channel, out var stays) ? stays : ImmutableDictionary<string, Stay>.Empty;

    private static ImmutableArray<string> UnsettledOf(IReadOnlyDictionary<string, Stay> stays) =>
        [.. stays.Where(static stay => stay.Value.CallsCount > 0).Select(static stay => stay.Key)];

    /// <summary>A connection in a channel's presence, or about to be, or about to be no more.</summary>
    private sealed class Stay(string userId)
    {
        private bool _isExiting;

        public string UserId => userId;

        /// <summary>As it is entered; null: it is not, or not yet.</summary>
        public PresenceEntry? Entry { get; set; }

        /// <summary>The number of the last entry or exit.</summary>
        public long Last { get; private set; }

        /// <summary>Calls under way.</summary>
        public int CallsCount { get; private set; }

        public bool MayBeIn => Entry is not null || (CallsCount > 0 && !_isExiting);

        public void Begin(long sequence, bool isExit)
        {
            CallsCount++;
            Last = sequence;
            _isExiting = isExit;
        }

        public void End() => CallsCount--;

        public void Become(PresenceEntry entry)
        {
            if (Last == entry.Sequence)
                Entry = entry;
        }
    }
}
