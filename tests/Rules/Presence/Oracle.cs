using WhatsSound.Channels;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence;

/// <summary>Who is present, by the definition and without regard to cost: whoever has a connection whose gateway's lease holds, or is within a grace.</summary>
internal sealed class Oracle(long leaseMs, long graceMs)
{
    private readonly Dictionary<(string User, string Connection), PresenceEntry> _connections = [];
    private readonly Dictionary<Guid, long> _leaseEnds = [];
    private readonly Dictionary<string, long> _graceEnds = [];
    private readonly Dictionary<(string User, string Connection), (PresenceEntry Entry, long EndMs)> _lost = [];

    public IEnumerable<string> PresentAt(long nowMs) =>
        _connections.Where(pair => _leaseEnds[pair.Value.GatewayId] > nowMs).Select(pair => pair.Key.User)
            .Concat(_graceEnds.Where(pair => pair.Value > nowMs).Select(pair => pair.Key)).Distinct().Order(StringComparer.Ordinal);

    /// <summary>Which connections are shown, and what they show: those whose gateway's lease holds, and those that were lost a grace ago or less while their user is present.</summary>
    public IEnumerable<string> ShownAt(long nowMs) =>
        _connections.Where(pair => _leaseEnds[pair.Value.GatewayId] > nowMs).Select(static pair => pair.Value)
            .Concat(_lost.Values.Where(lost => lost.EndMs > nowMs).Select(static lost => lost.Entry))
            .Select(static entry => $"{entry.UserId}/{entry.ConnectionId}={entry.Info}").Order(StringComparer.Ordinal);

    public GatewayLease LeaseOf(Guid gateway, long upTo)
    {
        var held = _connections.Values.Where(entry => entry.GatewayId == gateway).ToList();
        var digest = held.Aggregate(0UL, static (digest, entry) => digest ^ ConnectionDigest.Of(entry));
        return new() { GatewayId = gateway, ConnectionCount = held.Count, Connections = new() { Count = held.Count, Digest = digest, UpTo = upTo } };
    }

    public void Enter(PresenceEntry entry, long nowMs)
    {
        _connections[(entry.UserId, entry.ConnectionId)] = entry;
        _graceEnds.Remove(entry.UserId);
        _lost.Remove((entry.UserId, entry.ConnectionId));
        Renew(entry.GatewayId, nowMs);
    }

    public void Leave(string user, string connection, bool isLost, long nowMs)
    {
        if (!_connections.Remove((user, connection), out var entry))
            return;
        if (isLost)
            _lost[(user, connection)] = (entry, nowMs + graceMs);
        var isLast = !_connections.Keys.Any(key => key.User == user);
        if (isLast && isLost)
            _graceEnds[user] = nowMs + graceMs;
        else if (isLast)
            ForgetLost(user);
    }

    public void Renew(Guid gateway, long nowMs) => _leaseEnds[gateway] = nowMs + leaseMs;

    public void Pass(long nowMs)
    {
        foreach (var (key, entry) in _connections.ToList())
        {
            if (_leaseEnds[entry.GatewayId] > nowMs)
                continue;
            _connections.Remove(key);
            // Who was cut off elsewhere may still come back there.
            if (!_connections.Keys.Any(other => other.User == key.User) && _lost.Where(pair => pair.Key.User == key.User).Select(static pair => pair.Value.EndMs).DefaultIfEmpty().Max() is var endMs)
            {
                if (endMs > nowMs)
                    _graceEnds[key.User] = endMs;
                else
                    ForgetLost(key.User);
            }
        }
    }

    private void ForgetLost(string user)
    {
        foreach (var key in _lost.Keys.Where(key => key.User == user).ToList())
            _lost.Remove(key);
    }
}
