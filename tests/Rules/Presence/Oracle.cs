using WhatsSound.Channels;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence;

/// <summary>Who is present, by the definition and without regard to cost: whoever has a connection whose gateway's lease holds, or is within a grace.</summary>
internal sealed class Oracle(long leaseMs, long graceMs)
{
    private readonly Dictionary<(string User, string Connection), PresenceEntry> _connections = [];
    private readonly Dictionary<Guid, long> _leaseEnds = [];
    private readonly Dictionary<string, long> _graceEnds = [];

    public IEnumerable<string> PresentAt(long nowMs) =>
        _connections.Where(pair => _leaseEnds[pair.Value.GatewayId] > nowMs).Select(pair => pair.Key.User)
            .Concat(_graceEnds.Where(pair => pair.Value > nowMs).Select(pair => pair.Key)).Distinct().Order(StringComparer.Ordinal);

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
        Renew(entry.GatewayId, nowMs);
    }

    public void Leave(string user, string connection, bool isLost, long nowMs)
    {
        if (_connections.Remove((user, connection)) && isLost && !_connections.Keys.Any(key => key.User == user))
            _graceEnds[user] = nowMs + graceMs;
    }

    public void Renew(Guid gateway, long nowMs) => _leaseEnds[gateway] = nowMs + leaseMs;

    public void Pass(long nowMs)
    {
        foreach (var (key, entry) in _connections.ToList())
        {
            if (_leaseEnds[entry.GatewayId] <= nowMs)
                _connections.Remove(key);
        }
    }
}
