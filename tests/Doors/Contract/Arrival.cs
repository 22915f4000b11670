using System.Text.Json;

namespace WhatsSound.Tests.Doors.Contract;

/// <summary>One thing that reached a client, in the words of no protocol.</summary>
internal abstract record Arrival
{
    /// <summary>The answer to a request of the client.</summary>
    /// <param name="Request">The number that the client gave the request.</param>
    /// <param name="Code">Why it was refused; empty if it was not.</param>
    /// <param name="Result">What was answered, as the fields that docs/protocol.md gives.</param>
    internal sealed record Answer(long Request, string Code, JsonElement Result) : Arrival
    {
        /// <summary>What the refusal is about.</summary>
        public string? Detail { get; init; }

        /// <summary>The offset of the position in the result.</summary>
        public long Offset => Result.GetProperty("position").GetProperty("offset").GetInt64();

        public string Verdict => Result.GetProperty("verdict").GetString()!;

        /// <summary>The offsets of the publications in the result.</summary>
        public IEnumerable<long> Offsets => OffsetsOf(Result.GetProperty("publications"));
    }

    /// <summary>Publications of a channel.</summary>
    internal sealed record Frame(string Channel, long PreviousOffset, long HeadOffset, JsonElement Publications) : Arrival
    {
        public IEnumerable<long> Offsets => OffsetsOf(Publications);

        public override string ToString() => $"{Channel} {PreviousOffset}-{HeadOffset}";
    }

    /// <summary>A live subscription was not kept whole.</summary>
    internal sealed record Lost(string Channel, long? From, long? To) : Arrival;

    /// <summary>The server has ended a subscription.</summary>
    internal sealed record Detached(string Channel, string Code) : Arrival;

    /// <summary>How many are in a channel.</summary>
    internal sealed record Occupancy(string Channel, int Connections, int Users, int Subscribers) : Arrival;

    /// <summary>The server is about to end the connection.</summary>
    internal sealed record Closing(string Code, long? ReconnectAfterMs) : Arrival;

    /// <summary>The server lives.</summary>
    internal sealed record Heartbeat : Arrival;

    private static IEnumerable<long> OffsetsOf(JsonElement publications) => publications.EnumerateArray().Select(one => one.GetProperty("offset").GetInt64());
}
