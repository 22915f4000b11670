using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsSound.Publications;

/// <summary>
/// Data as the bytes it came in: a JSON value, a text, or just bytes. The door that takes it checks that it is what it says; after that nothing parses it until a
/// client does. The bytes are never changed after construction.
/// </summary>
/// <param name="Utf8">The bytes; of JSON, none stand for <c>null</c>.</param>
[GenerateSerializer, Immutable, Alias("ws.Payload")]
[JsonConverter(typeof(PayloadJsonConverter))]
public readonly record struct Payload([property: Id(0)] ReadOnlyMemory<byte> Utf8)
{
    /// <summary>What the bytes are.</summary>
    [Id(1)] public PayloadKind Kind { get; init; }

    /// <summary>How many bytes it takes.</summary>
    public int Length => Utf8.Length;

    /// <summary>A text, as it is.</summary>
    public static Payload OfText(string text) => new(Encoding.UTF8.GetBytes(text)) { Kind = PayloadKind.Text };

    /// <summary>Bytes, as they are.</summary>
    public static Payload OfBytes(ReadOnlyMemory<byte> bytes) => new(bytes) { Kind = PayloadKind.Bytes };

    /// <summary>The payload of a value that this program makes itself.</summary>
    public static Payload Of<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> typeInfo) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, typeInfo));

    /// <summary>Takes over the raw text of a JSON element that a door received.</summary>
    public static Payload Of(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined
            ? default
            : new(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element).ToArray());

    /// <summary>The value read back; for the part of the program that wrote it, and for tests.</summary>
    public T? Read<T>(System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> typeInfo) =>
        Utf8.IsEmpty ? default : JsonSerializer.Deserialize(Utf8.Span, typeInfo);

    /// <summary>As <see cref="Read"/>, for whoever reads what others wrote: null as well, where it is no such value, or a program of another version knows more than this one.</summary>
    public T? TryRead<T>(System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> typeInfo)
        where T : class
    {
        try
        {
            return Read(typeInfo);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Kind == PayloadKind.Bytes ? Convert.ToBase64String(Utf8.Span) : Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>Two payloads are equal when their kinds and their bytes are.</summary>
    public bool Equals(Payload other) => Kind == other.Kind && Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(Kind);
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }
}
