using System.Text.Json.Serialization;

namespace WhatsSound.Publications;

/// <summary>One numbered message of a channel.</summary>
[GenerateSerializer, Immutable, Alias("ws.Publication")]
public sealed record Publication
{
    /// <summary>Its number in the channel's epoch.</summary>
    [Id(0)] public required long Offset { get; init; }

    /// <summary>The id its publisher made; unique within the idempotency window.</summary>
    [Id(1)] public required string Id { get; init; }

    /// <summary>When the channel took it: Unix time in milliseconds, room clock. Order comes from the offset, never from this.</summary>
    [Id(2)] public required long TimeMs { get; init; }

    /// <summary>Who published it: a user's id, a room's, or the name of a server's key; null for the system.</summary>
    [Id(3)] public string? Publisher { get; init; }

    /// <summary>What it is, for the receiver: 1 to 64 characters; null: the publisher did not say.</summary>
    [Id(4)] public string? Event { get; init; }

    /// <summary>The content, as it came in.</summary>
    [Id(5)] public Payload Data { get; init; }

    /// <summary>Conflation key: on a conflating channel only the newest per key is delivered. Null is a key of its own.</summary>
    [Id(6)] public string? Key { get; init; }

    /// <summary>Null, where it follows: a user has published it if there is a <see cref="Publisher"/>, else the system.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PublisherKind? PublisherKind { get; init; }

    /// <summary>The connection that it came from; null where it came from none. Doors that show connections name it.</summary>
    [Id(8), JsonIgnore]
    public string? Connection { get; init; }

    /// <summary>A JSON object of texts by which subscribers may filter; empty: there are none.</summary>
    [Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Payload Headers { get; init; }

    /// <summary>A JSON object for whoever knows it, which the channel only carries; empty: there is none.</summary>
    [Id(10), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Payload Extras { get; init; }

    /// <summary>What it brings along, in bytes: what bounds count.</summary>
    [JsonIgnore]
    public int ContentBytes => Data.Length + Headers.Length + Extras.Length;

    /// <summary>How JSON has what is no JSON: <c>text</c>, or <c>base64</c> for bytes; null for JSON.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Encoding => Data.Kind switch
    {
        PayloadKind.Text => "text",
        PayloadKind.Bytes => "base64",
        _ => null,
    };
}
