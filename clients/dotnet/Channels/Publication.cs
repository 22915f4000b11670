using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WhatsSound.Client;

/// <summary>One numbered message of a channel.</summary>
/// <param name="Offset">Its number.</param>
/// <param name="Id">Made by who published it; the same id is the same publication.</param>
/// <param name="TimeMs">Unix milliseconds of the server's clock.</param>
/// <param name="Data">JSON of any shape, which nobody has checked: see <see cref="Read{T}"/>.</param>
/// <param name="Event">What it is, in the words of who published it; null where they did not say.</param>
/// <param name="Publisher">Who published it: a user's id, or what <paramref name="PublisherKind"/> says; null for the channel itself.</param>
/// <param name="Key">On a conflated channel the newest of each key is delivered.</param>
/// <param name="PublisherKind">What the publisher is a name of, if not of a user: <c>room</c>, <c>server</c> for a key of one, or <c>anonymous</c> for a connection without a user.</param>
/// <param name="Encoding">The data is a string that is the text itself (<c>text</c>) or bytes (<c>base64</c>); null: it is JSON.</param>
/// <param name="Headers">Texts by name, which the publisher gave.</param>
/// <param name="Extras">Whatever the publisher gave besides.</param>
public sealed record Publication(
    long Offset,
    string Id,
    long TimeMs,
    JsonElement Data,
    string? Event = null,
    string? Publisher = null,
    string? Key = null,
    string? PublisherKind = null,
    string? Encoding = null,
    JsonElement? Headers = null,
    JsonElement? Extras = null)
{
    internal const string TextEncoding = "text";
    internal const string BytesEncoding = "base64";

    /// <summary>The data as a value, or null where it is not one: whoever published it may have written anything.</summary>
    public T? Read<T>(JsonTypeInfo<T> type)
        where T : class => Data.ReadOrNull(type);

    /// <summary>The text of one that was published as text; null where it was published as something else.</summary>
    public string? ReadText() => string.Equals(Encoding, TextEncoding, StringComparison.Ordinal) ? Data.TextOrNull() : null;

    /// <summary>The bytes of one that was published as bytes; null where it was published as something else.</summary>
    public byte[]? ReadBytes() =>
        string.Equals(Encoding, BytesEncoding, StringComparison.Ordinal) ? Data.BytesOrNull() : null;

    /// <summary>The text of a header; null where there is none of that name.</summary>
    public string? Header(string name) => Headers?.MemberOrNull(name);
}
