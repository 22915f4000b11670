using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Presence;

/// <summary>
/// A member, with the connections that keep them there. Shown is what the newest connection shows; once there is none, what the last one did.
/// </summary>
internal sealed class MemberState(string userId, long joinedAtMs)
{
    private readonly Dictionary<string, MemberConnection> _connections = new(StringComparer.Ordinal);

    public string UserId => userId;

    public string? DisplayName { get; private set; }

    public Payload Info { get; private set; }

    public long JoinedAtMs => joinedAtMs;

    public long ActiveAtMs { get; set; }

    /// <summary>When the member is gone, if no connection enters before; null while there is one.</summary>
    public long? GraceEndMs { get; set; }

    /// <summary>By connection id.</summary>
    public IReadOnlyDictionary<string, MemberConnection> Connections => _connections;

    /// <summary>Takes a connection, in place of what was known of it.</summary>
    public void Hold(MemberConnection connection)
    {
        _connections[connection.Entry.ConnectionId] = connection;
        ShowNewest();
    }

    public void Release(string connectionId)
    {
        _connections.Remove(connectionId);
        if (_connections.Count > 0)
            ShowNewest();
    }

    public PresenceMember Show(bool isHost) =>
        new() { UserId = userId, DisplayName = DisplayName, Info = Info, JoinedAtMs = JoinedAtMs, IsHost = isHost };

    /// <summary>About how many bytes its memory takes.</summary>
    public long EstimateBytes() => 256L + Info.Length + _connections.Values.Sum(static connection => 128L + connection.Entry.Info.Length);

    public MemberMemory ToMemory() => new()
    {
        UserId = userId,
        DisplayName = DisplayName,
        Info = Info,
        JoinedAtMs = JoinedAtMs,
        ActiveAtMs = ActiveAtMs,
        GraceEndMs = GraceEndMs,
        Connections = [.. _connections.Values.Select(ConnectionMemory.Of)],
    };

    public static MemberState Of(MemberMemory memory) => new(memory.UserId, memory.JoinedAtMs)
    {
        DisplayName = memory.DisplayName,
        Info = memory.Info,
        ActiveAtMs = memory.ActiveAtMs,
        GraceEndMs = memory.GraceEndMs,
    };

    private void ShowNewest()
    {
        var newest = _connections.Values.MaxBy(static connection => connection.Ordinal)!.Entry;
        (DisplayName, Info) = (newest.DisplayName, newest.Info);
    }
}
