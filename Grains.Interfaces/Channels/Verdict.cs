using System.Text.Json.Serialization;

namespace WhatsSound.Channels;

/// <summary>What a subscriber got of what it missed.</summary>
[GenerateSerializer, Alias("ws.Verdict")]
public enum Verdict
{
    /// <summary>No gap was named: the answer has what was rewound, if anything, and delivery starts at the answered position.</summary>
    [JsonStringEnumMemberName("live")]
    Live = 0,

    /// <summary>All of the gap is in the answer, proven by offsets. Never a part of it.</summary>
    [JsonStringEnumMemberName("recovered")]
    Recovered = 1,

    /// <summary>The gap, or a part of it, is gone: take a snapshot. Delivery starts at the answered position.</summary>
    [JsonStringEnumMemberName("lost")]
    Lost = 2,
}
