using System.Text.Json.Serialization;

namespace WhatsSound.Rooms;

/// <summary>
/// What a member is in a room: owner above co-host above moderator above DJ above listener. Being host is no step of that ladder: the host may what the table of
/// permissions gives to the host, whatever else they are, and stands among people where their own role does.
/// </summary>
[GenerateSerializer, Alias("ws.RoomRole")]
public enum RoomRole
{
    /// <summary>Chat, add songs, vote. Everybody.</summary>
    [JsonStringEnumMemberName("listener")]
    Listener = 0,

    /// <summary>Whom the room follows now. Not granted: handed over, or taken in succession.</summary>
    [JsonStringEnumMemberName("host")]
    Host = 1,

    /// <summary>One whom the room knows: may do what the room leaves to its DJs.</summary>
    [JsonStringEnumMemberName("dj")]
    Dj = 2,

    /// <summary>Keeps order.</summary>
    [JsonStringEnumMemberName("moderator")]
    Moderator = 3,

    /// <summary>Runs the room with the owner, and follows a host who is lost.</summary>
    [JsonStringEnumMemberName("coHost")]
    CoHost = 4,

    /// <summary>Whose room it is: one, always.</summary>
    [JsonStringEnumMemberName("owner")]
    Owner = 5,
}
