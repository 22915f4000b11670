using System.Text.Json.Serialization;

namespace WhatsSound.Client;

/// <summary>A command to a room that few of its members use: who is what in it, who may stay, how it is set. docs/protocol.md says who may, and what is refused.</summary>
public abstract record RoomAct
{
    private protected RoomAct(string method) => Method = method;

    /// <summary>Its name in the protocol.</summary>
    [JsonIgnore]
    internal string Method { get; }

    /// <summary>A time as the protocol has it.</summary>
    private protected static long? MsOf(TimeSpan? time) => (long?)time?.TotalMilliseconds;
}
