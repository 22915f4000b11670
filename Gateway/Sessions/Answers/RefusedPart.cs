using System.Text.Json.Serialization;

namespace WhatsSound.Gateway.Sessions;

/// <summary>A part of what a session has of a channel.</summary>
internal enum RefusedPart
{
    /// <summary>All of it: the session is not attached.</summary>
    [JsonStringEnumMemberName("subscribe")]
    Subscribe,

    /// <summary>The session is attached, and not in presence.</summary>
    [JsonStringEnumMemberName("presence")]
    Presence,
}
