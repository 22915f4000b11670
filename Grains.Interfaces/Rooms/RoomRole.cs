using System.Text.Json.Serialization;

namespace WhatsSound.Rooms;

/// <summary>What a member may do.</summary>
[GenerateSerializer, Alias("ws.RoomRole")]
public enum RoomRole
{
    /// <summary>Chat, add songs, vote.</summary>
    [JsonStringEnumMemberName("listener")]
    Listener = 0,

    /// <summary>Besides: play, pause, seek, skip, remove any song, hand over.</summary>
    [JsonStringEnumMemberName("host")]
    Host = 1,
}
