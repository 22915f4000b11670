using WhatsSound.Channels;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence;

/// <summary>Who is present, by the definition and without regard to cost: whoever has a connection whose gateway's lease holds, or is within a grace.</summary>
internal sealed class Oracle(long leaseMs, long graceMs)
{
    private readonly Dictionary<(string User, string Connection), Guid> _connections = [];
    private readonly Dictionary<Guid, long> _leaseEnds = [];
    private readonly Dictionary<string, long> _graceEnds = [];

    public IEnumerable<string> PresentAt(long nowMs) =>
        _connections.Where(pair => _leaseEnds[pair.Value] > nowMs).Select(pair => pair.Key.User)
            .Concat(_graceEnds.Where(pair => pair.Value > nowMs).Select(pair => pair.Key)).Distinct().Order(StringComparer.Ordinal);

    public GatewayLease LeaseOf(Guid gateway)
    {
        var held = _connections.Where(pair => pair.Value == gateway).Select(pair => pair.Key).ToList();
        return new()
        {
            GatewayId = gateway,
            ConnectionCount = held.Count,
            ConnectionDigest = held.Aggregate(0UL, (digest, key) => digest ^ ConnectionDigest.Of(key.User, key.Connection)),
        };
    }

    public void Enter(string user, string connection, Guid gateway, long nowMs)
    {
        _connections[(user, connection)] = gateway;
        _graceEnds.Remove(user);
        Renew(gateway, nowMs);
    }

    public void Leave(string user, string connection, bool isLost, long nowMs)
    {
        if (_connections.Remove((user, connection)) && isLost && !_connections.Keys.Any(key => key.User == user))
            _graceEnds[user] = nowMs + graceMs;
    }

    public void Renew(Guid gateway, long nowMs) => _leaseEnds[gateway] = nowMs + leaseMs;

    public void Pass(long nowMs)
    {
        foreach (var (key, gateway) in _connections.ToList())
        {
            if (_leaseEnds[gateway] <= nowMs)
                _connections.Remove(key);
        }
    }
}
