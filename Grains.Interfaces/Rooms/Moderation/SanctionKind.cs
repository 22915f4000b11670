using System.Text.Json.Serialization;

namespace WhatsSound.Rooms;

/// <summary>What a moderator can do to a member.</summary>
[GenerateSerializer, Alias("ws.SanctionKind")]
public enum SanctionKind
{
    /// <summary>Says nothing.</summary>
    [JsonStringEnumMemberName("mute")]
    Mute = 0,

    /// <summary>Says nothing that anybody hears, and is not told so.</summary>
    [JsonStringEnumMemberName("shadowMute")]
    ShadowMute = 1,

    /// <summary>Is here, and does nothing.</summary>
    [JsonStringEnumMemberName("timeout")]
    Timeout = 2,

    /// <summary>Adds no songs.</summary>
    [JsonStringEnumMemberName("queueBan")]
    QueueBan = 3,

    /// <summary>Is out, and may come back after a minute.</summary>
    [JsonStringEnumMemberName("kick")]
    Kick = 4,

    /// <summary>Is out, and stays out.</summary>
    [JsonStringEnumMemberName("ban")]
    Ban = 5,
}
