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

    /// <summary>Who published it: a user's id, a room's, the name of a server's key, or that of a session without a user; null for the system.</summary>
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

    /// <summary>Of a change of presence: what it is for who follows connections (<c>ConnectionsChanged</c>), in place of <see cref="Data"/>; empty: nothing.</summary>
    [Id(11), JsonIgnore]
    public Payload Connections { get; init; }

    /// <summary>What it has for one user, who gets it as the <see cref="Data"/>: in place of what all others get, or, where it has no data, as the only one who gets the publication. Null: all get the same.</summary>
    [Id(12), JsonIgnore]
    public OwnData? Own { get; init; }

    /// <summary>What it brings along, in bytes: what bounds count.</summary>
    [JsonIgnore]
    public int ContentBytes => Data.Length + Headers.Length + Extras.Length + Connections.Length + (Own?.Data.Length ?? 0);

    /// <summary>The only user who gets it; null: it is for all, of whom one may get something else.</summary>
    [JsonIgnore]
    public string? OnlyFor => Own is not null && Data.Length == 0 ? Own.UserId : null;

    /// <summary>The data of whom it is for: of all, or of the only user who gets it.</summary>
    [JsonIgnore]
    public Payload Content => OnlyFor is null ? Data : Own!.Data;

    /// <summary>As a user gets it; null: it is another's.</summary>
    /// <param name="userId">Null: nobody's in particular.</param>
    public Publication? For(string? userId)
    {
        if (Own is null)
            return this;
        if (string.Equals(Own.UserId, userId, StringComparison.Ordinal))
            return this with { Data = Own.Data, Own = null };
        return OnlyFor is null ? this with { Own = null } : null;
    }

    /// <summary>
    /// With other data, as another publication has it: what is said to all is so for all, and what is said to one user for them alone, in place of what the others have. Unchanged, where it is another user's.
    /// </summary>
    public Publication AmendedBy(Publication by, Payload content)
    {
        if (by.OnlyFor is not { } userId)
            return OnlyFor is null ? this with { Data = content, Own = null } : this;
        return Own is null || string.Equals(Own.UserId, userId, StringComparison.Ordinal) ? this with { Own = new OwnData { UserId = userId, Data = content } } : this;
    }

    /// <summary>As <see cref="AmendedBy"/>, of what has said of the same publication before what it is: nothing of that is left, whomever it was said to.</summary>
    public Publication SupersededBy(Publication by) =>
        by.OnlyFor is null && OnlyFor is not null ? this with { Own = Own! with { Data = by.Content } } : AmendedBy(by, by.Content);

    /// <summary>How JSON has what is no JSON: <c>text</c>, or <c>base64</c> for bytes; null for JSON.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Encoding => Data.Kind switch
    {
        PayloadKind.Text => "text",
        PayloadKind.Bytes => "base64",
        _ => null,
    };
}
