using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Presence;

/// <summary>A member, with the connections that keep them there.</summary>
internal sealed class MemberState(string userId, long joinedAtMs)
{
    public string UserId => userId;

    public string? DisplayName { get; set; }

    public Payload Info { get; set; }

    public long JoinedAtMs => joinedAtMs;

    public long ActiveAtMs { get; set; }

    /// <summary>When the member is gone, if no connection enters before; null while there is one.</summary>
    public long? GraceEndMs { get; set; }

    /// <summary>By connection id.</summary>
    public Dictionary<string, MemberConnection> Connections { get; } = new(StringComparer.Ordinal);

    public PresenceMember Show(bool isHost) =>
        new() { UserId = userId, DisplayName = DisplayName, Info = Info, JoinedAtMs = JoinedAtMs, IsHost = isHost };

    public MemberMemory ToMemory() => new()
    {
        UserId = userId,
        DisplayName = DisplayName,
        Info = Info,
        JoinedAtMs = JoinedAtMs,
        ActiveAtMs = ActiveAtMs,
        GraceEndMs = GraceEndMs,
        Connections = [.. Connections.Select(pair => new ConnectionMemory(pair.Key, pair.Value.GatewayId, pair.Value.IsConfirmed))],
    };
}
