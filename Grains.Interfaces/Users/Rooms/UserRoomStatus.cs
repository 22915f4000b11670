using System.Text.Json.Serialization;

namespace WhatsSound.Users;

/// <summary>What a room is to its owner.</summary>
[GenerateSerializer, Alias("ws.UserRoomStatus")]
public enum UserRoomStatus
{
    /// <summary>It counts as one of the user's.</summary>
    [JsonStringEnumMemberName("open")]
    Open = 0,

    /// <summary>Somebody closed it.</summary>
    [JsonStringEnumMemberName("closed")]
    Closed = 1,

    /// <summary>It closed by itself, since nobody was in it for long.</summary>
    [JsonStringEnumMemberName("archived")]
    Archived = 2,
}
