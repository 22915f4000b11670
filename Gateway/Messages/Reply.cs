using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WhatsSound.Gateway.Messages;

/// <summary>What a request is answered with: a value with its JSON, or a refusal.</summary>
internal sealed class Reply
{
    private readonly JsonTypeInfo? _typeInfo;

    private Reply(object? value, JsonTypeInfo? typeInfo, Refusal? refusal) => (Value, _typeInfo, Refusal) = (value, typeInfo, refusal);

    public object? Value { get; }

    public Refusal? Refusal { get; }

    public static Reply Of<T>(T value, JsonTypeInfo<T> typeInfo)
        where T : class => new(value, typeInfo, refusal: null);

    public static Reply Of(Refusal refusal) => new(value: null, typeInfo: null, refusal);

    /// <summary>Writes what was asked for, as it is; there is no refusal.</summary>
    public void WriteResultTo(IBufferWriter<byte> buffer)
    {
        using var writer = new Utf8JsonWriter(buffer);
        JsonSerializer.Serialize(writer, Value, _typeInfo!);
    }

    /// <summary>Writes the project's own envelope: <c>{ok, result}</c> or <c>{ok, error}</c>.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok"u8, Refusal is null);
        writer.WritePropertyName(Refusal is null ? "result"u8 : "error"u8);
        if (Refusal is null)
            JsonSerializer.Serialize(writer, Value, _typeInfo!);
        else
            JsonSerializer.Serialize(writer, Refusal, WireJson.Default.Refusal);
        writer.WriteEndObject();
    }
}
