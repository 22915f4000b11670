using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// The rooms of one part of the public list, in its order. Bounded: at the bound a room goes that nobody is in, the one that was silent longest first; only then one with people in it. Those that were
/// taken out lately are remembered, so that what was on its way does not bring them back.
/// </summary>
internal sealed class ListedRooms(int roomsMax)
{
    private const int GoneMax = 256;

    private readonly Dictionary<string, ListedLine> _byId = new(StringComparer.Ordinal);
    private readonly SortedDictionary<ListPlace, ListedLine> _inOrder = new(ListPlace.Order);
    private readonly Dictionary<string, long> _gone = new(StringComparer.Ordinal);
    private readonly Queue<string> _goneOrder = new();

    /// <summary>Up to which room, by id, the silent were given.</summary>
    private string _lastSilent = "";

    public IEnumerable<ListedLine> All => _byId.Values;

    public int Count => _byId.Count;

    /// <summary>Whether what is to be saved has changed.</summary>
    public bool Put(RoomListing listing, long revision)
    {
        var known = _byId.GetValueOrDefault(listing.RoomId);
        if ((known is not null && revision < known.Revision) || (_gone.TryGetValue(listing.RoomId, out var goneAt) && revision <= goneAt))
            return false;
        var line = ListedLine.Of(listing, revision, known);
        Take(known);
        Add(line);
        if (_byId.Count > roomsMax)
            Take(_byId.Values.MinBy(static other => (other.Listing.ListenerCount > 0, other.Listing.UpdatedAtMs)));
        return known?.IsFoundAs(listing) != true;
    }

    /// <summary>Whether it was there.</summary>
    public bool Remove(string roomId, long revision)
    {
        var known = _byId.GetValueOrDefault(roomId);
        if (known is not null && revision < known.Revision)
            return false;
        if (!_gone.TryGetValue(roomId, out var goneAt))
        {
            _goneOrder.Enqueue(roomId);
            if (_goneOrder.Count > GoneMax)
                _gone.Remove(_goneOrder.Dequeue());
        }

        _gone[roomId] = Math.Max(goneAt, revision);
        Take(known);
        return known is not null;
    }

    /// <summary>Whoever was in a room that has been silent since before a time, is taken to be gone.</summary>
    public void Settle(long silentSinceMs)
    {
        foreach (var line in _byId.Values.Where(line => line.Listing.ListenerCount > 0 && line.Listing.UpdatedAtMs < silentSinceMs).ToList())
        {
            Take(line);
            Add(line with { Listing = line.Listing with { ListenerCount = 0, NowPlaying = null } });
        }
    }

    /// <summary>
    /// Some of the rooms that have not told of themselves since a time: those after the ones that were given before, in turn, so that rooms that stay silent do not keep it from others.
    /// </summary>
    public IReadOnlyList<ListedLine> NextSilent(long silentSinceMs, int countMax)
    {
        var silent = _byId.Values.Where(line => line.Listing.UpdatedAtMs <= silentSinceMs).OrderBy(static line => line.Listing.RoomId, StringComparer.Ordinal).ToList();
        var from = silent.FindIndex(line => string.CompareOrdinal(line.Listing.RoomId, _lastSilent) > 0);
        var next = (from < 0 ? silent : [.. silent.Skip(from), .. silent.Take(from)]).Take(countMax).ToList();
        _lastSilent = next is [.., var last] ? last.Listing.RoomId : "";
        return next;
    }

    public RoomListingPage Find(RoomQuery query)
    {
        var search = RoomSearch.Of(query);
        ListPlace? after = query.After is { } cursor && ListPlace.TryParse(cursor, out var place) ? place : null;
        var rooms = new List<RoomListing>();
        var total = 0;
        var isMore = false;
        foreach (var (at, line) in _inOrder)
        {
            if (!search.Matches(line))
                continue;
            total++;
            if (after is { } behind && at.ComparedTo(behind) <= 0)
                continue;
            if (rooms.Count < query.CountMax)
                rooms.Add(line.Listing);
            else
                isMore = true;
        }

        return new RoomListingPage { Rooms = [.. rooms], Total = total, Next = isMore ? ListPlace.Of(rooms[^1]).ToString() : null };
    }

    private void Add(ListedLine line)
    {
        _byId[line.Listing.RoomId] = line;
        _inOrder[line.Place] = line;
    }

    private void Take(ListedLine? line)
    {
        if (line is null)
            return;
        _byId.Remove(line.Listing.RoomId);
        _inOrder.Remove(line.Place);
    }
}
