using WhatsSound.Channels;
using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>A member, with the connections that keep them there.</summary>
internal sealed class MemberState(string userId, Payload info, long joinedAtMs)
{
    private readonly Dictionary<string, MemberConnection> _connections = new(StringComparer.Ordinal);

    public string UserId => userId;

    public Payload Info { get; set; } = info;

    public long JoinedAtMs => joinedAtMs;

    public long ActiveAtMs { get; set; }

    /// <summary>When the member is gone, if no connection enters before; null while there is one.</summary>
    public long? GraceEndMs { get; set; }

    /// <summary>By connection id.</summary>
    public IDictionary<string, MemberConnection> Connections => _connections;

    public PresenceMember Show(bool isHost) => new() { UserId = userId, Info = Info, JoinedAtMs = JoinedAtMs, IsHost = isHost };
}
