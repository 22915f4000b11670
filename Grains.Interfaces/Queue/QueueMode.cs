using System.Text.Json.Serialization;

namespace WhatsSound.Queue;

/// <summary>How a room's queue is ordered. Whatever the mode, pinned songs come first.</summary>
[GenerateSerializer, Alias("ws.QueueMode")]
public enum QueueMode
{
    /// <summary>Rounds of one song for each contributor; votes order the songs of one contributor, and move them up by at most one round.</summary>
    [JsonStringEnumMemberName("fair")]
    Fair = 0,

    /// <summary>Contributors take turns in the order in which they stepped up; each decides on the order of their own songs.</summary>
    [JsonStringEnumMemberName("dj")]
    Dj = 1,

    /// <summary>In the order of being added, unless somebody who manages the queue moves a song.</summary>
    [JsonStringEnumMemberName("fifo")]
    Fifo = 2,

    /// <summary>The song with the most votes first; of equals, the earlier one.</summary>
    [JsonStringEnumMemberName("votes")]
    Votes = 3,
}
