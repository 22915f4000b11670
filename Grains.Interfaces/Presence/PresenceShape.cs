namespace WhatsSound.Presence;

/// <summary>What of a channel's presence a subscriber is told.</summary>
[GenerateSerializer, Alias("ws.PresenceShape")]
public enum PresenceShape
{
    /// <summary>Users: each once, however many connections.</summary>
    Members = 0,

    /// <summary>Connections, each with what it shows.</summary>
    Connections = 1,

    /// <summary>Nothing.</summary>
    None = 2,
}
