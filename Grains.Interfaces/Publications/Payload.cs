using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsSound.Publications;

/// <summary>
/// One JSON value as the UTF-8 bytes it came in. The door that takes it checks that it is JSON; after that nothing parses it until a client does.
/// The bytes are never changed after construction.
/// </summary>
/// <param name="Utf8">The JSON text; empty stands for <c>null</c>.</param>
[GenerateSerializer, Immutable, Alias("ws.Payload")]
[JsonConverter(typeof(PayloadJsonConverter))]
public readonly record struct Payload([property: Id(0)] ReadOnlyMemory<byte> Utf8)
{
    /// <summary>How many bytes it takes.</summary>
    public int Length => Utf8.Length;

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

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>Two payloads are equal when their bytes are.</summary>
    public bool Equals(Payload other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }
}
