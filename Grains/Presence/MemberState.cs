using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Presence;

/// <summary>
/// A member, with the connections that keep them there. Shown is what the newest connection shows; once there is none, what the last one did.
/// </summary>
internal sealed class MemberState(string userId, long joinedAtMs)
{
    private readonly Dictionary<string, MemberConnection> _connections = new(StringComparer.Ordinal);

    // By the ids that they are shown by; none of these is that of a connection.
    private readonly Dictionary<string, MemberConnection> _lost = new(StringComparer.Ordinal);

    public string UserId => userId;

    public string? DisplayName { get; private set; }

    public Payload Info { get; private set; }

    public long JoinedAtMs => joinedAtMs;

    public long ActiveAtMs { get; set; }

    /// <summary>When the member is gone, if no connection enters before; null while there is one.</summary>
    public long? GraceEndMs { get; set; }

    /// <summary>Whether it is gone then because its connections said goodbye, and not because one was lost.</summary>
    public bool SaidGoodbye { get; set; }

    /// <summary>By connection id.</summary>
    public IReadOnlyDictionary<string, MemberConnection> Connections => _connections;

    /// <summary>Those that were lost, and are shown until their grace is over; up to as many as a member may have connections.</summary>
    public IReadOnlyCollection<MemberConnection> Lost => _lost.Values;

    /// <summary>The ids by which its connections are shown.</summary>
    public IEnumerable<string> ShownIds => _connections.Values.Select(static connection => connection.ShownId).Concat(_lost.Keys).Distinct(StringComparer.Ordinal);

    /// <summary>What is shown by that id; null: nothing.</summary>
    public MemberConnection? FindShown(string shownId) =>
        _connections.Values.Where(connection => connection.ShownId == shownId).MaxBy(static connection => connection.Ordinal) ?? _lost.GetValueOrDefault(shownId);

    /// <summary>Takes a connection, in place of what was known of it.</summary>
    public void Hold(MemberConnection connection)
    {
        _connections[connection.Entry.ConnectionId] = connection;
        _lost.Remove(connection.ShownId);
        ShowNewest();
    }

    /// <summary>Goes on showing a connection that it has lost, unless another is shown in its place.</summary>
    public bool TryKeepLost(MemberConnection connection, int countMax)
    {
        if (_lost.Count >= countMax || FindShown(connection.ShownId) is not null)
            return false;
        _lost.Add(connection.ShownId, connection);
        return true;
    }

    /// <summary>The grace of a lost connection is over.</summary>
    public void Forget(string shownId) => _lost.Remove(shownId);

    public void Release(string connectionId)
    {
        _connections.Remove(connectionId);
        if (_connections.Count > 0)
            ShowNewest();
    }

    public PresenceMember Show(bool isHost) =>
        new() { UserId = userId, DisplayName = DisplayName, Info = Info, JoinedAtMs = JoinedAtMs, IsHost = isHost };

    /// <summary>About how many bytes its memory takes.</summary>
    public long EstimateBytes() => 256L + Info.Length + _connections.Values.Concat(_lost.Values).Sum(static connection => 128L + connection.Entry.Info.Length);

    public MemberMemory ToMemory() => new()
    {
        UserId = userId,
        DisplayName = DisplayName,
        Info = Info,
        JoinedAtMs = JoinedAtMs,
        ActiveAtMs = ActiveAtMs,
        GraceEndMs = GraceEndMs,
        SaidGoodbye = SaidGoodbye,
        Connections = [.. _connections.Values.Select(ConnectionMemory.Of)],
        Lost = [.. _lost.Values.Select(ConnectionMemory.Of)],
    };

    public static MemberState Of(MemberMemory memory) => new(memory.UserId, memory.JoinedAtMs)
    {
        DisplayName = memory.DisplayName,
        Info = memory.Info,
        ActiveAtMs = memory.ActiveAtMs,
        GraceEndMs = memory.GraceEndMs,
        SaidGoodbye = memory.SaidGoodbye,
    };

    private void ShowNewest()
    {
        var newest = _connections.Values.MaxBy(static connection => connection.Ordinal)!.Entry;
        (DisplayName, Info) = (newest.DisplayName, newest.Info);
    }
}
