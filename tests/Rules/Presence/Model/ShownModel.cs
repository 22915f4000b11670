using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence.Model;

/// <summary>
/// Who must be shown, and as what, by the definition and without bounds: of each connection counts what was wanted last of all that has arrived, whatever came in
/// which order and how often.
/// </summary>
internal sealed class ShownModel(long leaseMs, long graceMs)
{
    private readonly Dictionary<string, User> _users = [];
    private readonly HashSet<User> _here = [];
    private readonly Dictionary<string, Connection> _connections = [];
    private readonly HashSet<Connection> _live = [];
    private readonly Dictionary<Guid, long> _heardMs = [];
    private long _order;

    /// <summary>Every user who must be shown, and with which info.</summary>
    public IReadOnlyCollection<User> Here => _here;

    /// <summary>Whether it was taken.</summary>
    public bool Enter(PresenceEntry entry, long nowMs)
    {
        var connection = Find(entry.UserId, entry.ConnectionId);
        if (entry.Sequence <= connection.ExitSequence)
            return false;
        _heardMs[entry.GatewayId] = nowMs;
        if (entry.Sequence <= connection.Entry?.Sequence)
            return true;
        (connection.Entry, connection.Order, connection.LostUntilMs) = (entry, ++_order, null);
        _live.Add(connection);
        Settle(connection.User, graceEndMs: null);
        return true;
    }

    public void Leave(PresenceExit exit, long nowMs)
    {
        var connection = Find(exit.UserId, exit.ConnectionId);
        if (exit.Sequence < connection.Entry?.Sequence)
            return;
        connection.ExitSequence = Math.Max(connection.ExitSequence, exit.Sequence);
        Lose(connection, exit.Abrupt ? nowMs + graceMs : null, nowMs);
    }

    public void Heard(Guid gatewayId, long nowMs) => _heardMs[gatewayId] = nowMs;

    /// <summary>What the gateway does not have any more it has lost.</summary>
    public void Reconcile(PresenceRoll page, long nowMs)
    {
        Heard(page.GatewayId, nowMs);
        var spoken = page.Entries.Select(entry => entry.ConnectionId).Concat(page.Unsettled).ToHashSet(StringComparer.Ordinal);
        foreach (var connection in _live.ToList())
        {
            var entry = connection.Entry!;
            if (entry.GatewayId == page.GatewayId && entry.Sequence > page.After && entry.Sequence <= page.UpTo && !spoken.Contains(entry.ConnectionId))
                Lose(connection, nowMs + graceMs, nowMs);
        }

        foreach (var entry in page.Entries)
            Enter(entry, nowMs);
    }

    public void Pass(long nowMs)
    {
        foreach (var connection in _live.Where(connection => _heardMs[connection.Entry!.GatewayId] + leaseMs <= nowMs).OrderBy(static connection => connection.Order).ToList())
            Lose(connection, nowMs, nowMs);
        _here.RemoveWhere(user => user.GraceEndMs <= nowMs);
        foreach (var connection in _connections.Values.Where(connection => connection.LostUntilMs <= nowMs))
            connection.LostUntilMs = null;
    }

    /// <summary>What a channel keeps of this: who is here, by which connections.</summary>
    public Action<long> Keep()
    {
        var connections = _live.Select(static connection => (connection, connection.Entry!, connection.Order)).ToList();
        var lost = _connections.Values.Where(static connection => connection.LostUntilMs is not null).ToList();
        var users = _here.Select(static user => (user, user.Shown, IsInGrace: user.GraceEndMs is not null)).ToList();
        return nowMs =>
        {
            foreach (var connection in _connections.Values)
                (connection.Entry, connection.ExitSequence, connection.LostUntilMs) = (null, 0, null);
            lost.ForEach(connection => connection.LostUntilMs = nowMs + graceMs);
            _live.Clear();
            _here.Clear();
            foreach (var (connection, entry, order) in connections)
            {
                (connection.Entry, connection.Order) = (entry, order);
                _live.Add(connection);
                Heard(entry.GatewayId, nowMs);
            }

            foreach (var (user, shown, isInGrace) in users)
            {
                (user.Shown, user.GraceEndMs) = (shown, isInGrace ? nowMs + graceMs : null);
                _here.Add(user);
            }
        };
    }

    private Connection Find(string userId, string connectionId)
    {
        if (!_users.TryGetValue(userId, out var user))
            _users.Add(userId, user = new(userId));
        if (!_connections.TryGetValue(connectionId, out var connection))
        {
            _connections.Add(connectionId, connection = new(user));
            user.Connections.Add(connection);
        }

        return connection;
    }

    /// <param name="connection">Which one.</param>
    /// <param name="untilMs">Until when it may come back; null: it left on purpose, and its user with it if it was the last.</param>
    /// <param name="nowMs">Now.</param>
    private void Lose(Connection connection, long? untilMs, long nowMs)
    {
        if (connection.Entry is null)
            return;
        (connection.Entry, connection.LostUntilMs) = (null, untilMs);
        _live.Remove(connection);
        Settle(connection.User, untilMs is null ? null : connection.User.Connections.Max(static other => other.LostUntilMs) is { } endMs && endMs > nowMs ? endMs : null);
    }

    private void Settle(User user, long? graceEndMs)
    {
        var newest = user.Connections.Where(static connection => connection.Entry is not null).MaxBy(static connection => connection.Order);
        _ = newest is not null || graceEndMs is not null ? _here.Add(user) : _here.Remove(user);
        user.GraceEndMs = newest is null ? graceEndMs : null;
        if (newest is null && graceEndMs is null)
            user.Connections.ForEach(static connection => connection.LostUntilMs = null);
        user.Shown = newest?.Entry!.DisplayName ?? user.Shown;
    }

    public sealed class Connection(User user)
    {
        public User User => user;

        public PresenceEntry? Entry { get; set; }

        public long Order { get; set; }

        public long ExitSequence { get; set; }

        /// <summary>Until when it may come back, if it was lost without a word; null: it is there, or left on purpose, or with its gateway.</summary>
        public long? LostUntilMs { get; set; }
    }

    public sealed class User(string id)
    {
        public string Id => id;

        public List<Connection> Connections { get; } = [];

        public long? GraceEndMs { get; set; }

        public string Shown { get; set; } = "";
    }
}
