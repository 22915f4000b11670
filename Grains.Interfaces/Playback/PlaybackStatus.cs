using System.Text.Json.Serialization;

namespace WhatsSound.Playback;

/// <summary>What the room's player does.</summary>
[GenerateSerializer, Alias("ws.PlaybackStatus")]
public enum PlaybackStatus
{
    /// <summary>Nothing to play.</summary>
    [JsonStringEnumMemberName("idle")]
    Idle = 0,

    /// <summary>Playing, or about to at the anchor time.</summary>
    [JsonStringEnumMemberName("playing")]
    Playing = 1,

    /// <summary>Stopped at the anchor position.</summary>
    [JsonStringEnumMemberName("paused")]
    Paused = 2,
}
