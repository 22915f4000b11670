using System.Text.Json.Serialization;

namespace WhatsSound.Rooms;

/// <summary>Who finds a room, and who comes in.</summary>
[GenerateSerializer, Alias("ws.RoomVisibility")]
public enum RoomVisibility
{
    /// <summary>In the list; everybody comes in.</summary>
    [JsonStringEnumMemberName("public")]
    Public = 0,

    /// <summary>In no list; who knows its id comes in.</summary>
    [JsonStringEnumMemberName("unlisted")]
    Unlisted = 1,

    /// <summary>In no list; who was invited comes in, or has a role.</summary>
    [JsonStringEnumMemberName("inviteOnly")]
    InviteOnly = 2,
}
