using System.Collections.Immutable;
using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>
/// Tells those who follow connections of what changes, collected per tick: one by one up to the detailed limit, above it how many there are. What it says is here is what was told: a
/// list at a position of the channel is continued by what is told after it, exactly. Bounded by the members' connections, as only they can change.
/// </summary>
internal sealed class ConnectionTeller(MemberList members, int detailMax)
{
    // As they were told; null: not here.
    private readonly Dictionary<ConnectionName, PresenceConnection?> _told = [];
    private readonly SummaryPace _pace = new(detailMax);
    private long _tickMs;
    private int _count;

    /// <summary>Whether followers have been told of each connection, but for what is pending.</summary>
    public bool IsDetailed => !_pace.IsInSummary && !_pace.IsDue;

    /// <summary>When there is something to tell; null: nothing.</summary>
    public long? DueMs => _told.Count > 0 ? _tickMs : _pace.DueMs;

    /// <summary>Goes on from a memory; what followers do not know they are told anew.</summary>
    public void Resume(bool areTold)
    {
        _count = members.All.Sum(static member => member.ShownIds.Count());
        if (!areTold)
            _pace.Ask();
    }

    /// <inheritdoc cref="SummaryPace.Follow"/>
    public void Follow(int detailMax) => _pace.Follow(detailMax);

    /// <summary>To be called before a connection changes.</summary>
    public void Note(ConnectionName name, long nowMs)
    {
        if (_told.Count == 0)
            _tickMs = nowMs + PresenceRules.TickMs;
        _told.TryAdd(name, Now(name));
    }

    /// <summary>Takes what is due; all changes, if it is the last time. Null: nothing.</summary>
    public ConnectionsChanged? Tick(long nowMs, bool isLast)
    {
        if (_told.Count == 0)
            return TakeSummary(nowMs);
        if (_tickMs > nowMs && !isLast)
            return null;
        var changed = Take();
        if (changed is null)
            return TakeSummary(nowMs);
        _count = changed.Total;
        if (_pace.IsDetailed(_count))
            return changed;
        _pace.Ask();
        return TakeSummary(nowMs);
    }

    /// <summary>What has been told, in the order of names.</summary>
    public ConnectionsPage Page(string? after)
    {
        var from = after is null ? null : ConnectionsPage.ReadCursor(after);
        var page = Told().Where(one => from is null || Compare(one, from.Value) > 0)
            .OrderBy(static one => one.UserId, StringComparer.Ordinal).ThenBy(static one => one.ConnectionId, StringComparer.Ordinal)
            .Take(ConnectionsPage.CountMax + 1).ToImmutableArray();
        var isLast = page.Length <= ConnectionsPage.CountMax;
        return new()
        {
            Connections = isLast ? page : page[..^1],
            Next = isLast ? null : ConnectionsPage.CursorOf(page[^2].UserId, page[^2].ConnectionId),
            Total = _count,
            IsContinued = !_pace.IsInSummary,
        };
    }

    private static int Compare(PresenceConnection one, (string UserId, string ConnectionId) name) =>
        string.CompareOrdinal(one.UserId, name.UserId) is var order and not 0 ? order : string.CompareOrdinal(one.ConnectionId, name.ConnectionId);

    private IEnumerable<PresenceConnection> Told() => members.All
        .SelectMany(static member => member.ShownIds.Select(id => (Name: new ConnectionName(member.UserId, id), Member: member)))
        .Where(one => !_told.ContainsKey(one.Name))
        .Select(static one => one.Member.FindShown(one.Name.ConnectionId)!.Show())
        .Concat(_told.Values.OfType<PresenceConnection>());

    private PresenceConnection? Now(ConnectionName name) => members.Find(name.UserId)?.FindShown(name.ConnectionId)?.Show();

    /// <summary>Null: all is as it was.</summary>
    private ConnectionsChanged? Take()
    {
        var (entered, updated, left) = (new List<PresenceConnection>(), new List<PresenceConnection>(), new List<PresenceConnection>());
        foreach (var (name, before) in _told)
        {
            var now = Now(name);
            if (before is null && now is not null)
                entered.Add(now);
            else if (before is not null && now is null)
                left.Add(before);
            else if (before is not null && now is not null && before.Number != now.Number)
                updated.Add(now with { Replaces = before.Number });
        }

        _told.Clear();
        return entered.Count + updated.Count + left.Count == 0
            ? null
            : new() { Entered = [.. entered], Updated = [.. updated], Left = [.. left], Total = _count + entered.Count - left.Count };
    }

    private ConnectionsChanged? TakeSummary(long nowMs)
    {
        if (!_pace.TryTake(_count, nowMs))
            return null;
        return _pace.IsInSummary
            ? new() { Total = _count, IsCountOnly = true }
            : new() { Total = _count, Entered = [.. Told()], IsComplete = true };
    }
}
