using System.Text.Json.Serialization;

namespace WhatsSound.Queue;

/// <summary>Why one song comes before another.</summary>
[GenerateSerializer, Alias("ws.PlaceCause")]
public enum PlaceCause
{
    /// <summary>It is pinned, or was pinned earlier.</summary>
    [JsonStringEnumMemberName("pinned")]
    Pinned = 0,

    /// <summary>It is the same contributor's, and comes first among their songs.</summary>
    [JsonStringEnumMemberName("ownOrder")]
    OwnOrder = 1,

    /// <summary>It is its contributor's turn first: they have been served less, or stand before in the line.</summary>
    [JsonStringEnumMemberName("turn")]
    Turn = 2,

    /// <summary>It has more votes.</summary>
    [JsonStringEnumMemberName("votes")]
    Votes = 3,

    /// <summary>It was added earlier, and nothing else decides.</summary>
    [JsonStringEnumMemberName("earlier")]
    Earlier = 4,

    /// <summary>Somebody who manages the queue has put it there.</summary>
    [JsonStringEnumMemberName("moved")]
    Moved = 5,
}
