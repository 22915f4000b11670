using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsSound.Publications;

/// <summary>
/// Writes a payload's JSON into the surrounding JSON as it is, but for line ends, which a transport made of lines (server-sent events) would take for its
/// own: where they stand between tokens, which is the only place where JSON has them, the value is written without white space. Text and bytes become strings.
/// </summary>
public sealed class PayloadJsonConverter : JsonConverter<Payload>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override Payload Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind == JsonValueKind.Null ? default : Payload.Of(document.RootElement);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Payload value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.Kind == PayloadKind.Text)
            writer.WriteStringValue(value.Utf8.Span);
        else if (value.Kind == PayloadKind.Bytes)
            writer.WriteBase64StringValue(value.Utf8.Span);
        else if (value.Utf8.IsEmpty)
            writer.WriteNullValue();
        else
            WriteRaw(writer, value.Utf8.Span);
    }

    private static void WriteRaw(Utf8JsonWriter writer, ReadOnlySpan<byte> json)
    {
        if (json.IndexOfAny((byte)'\r', (byte)'\n') < 0)
        {
            writer.WriteRawValue(json, skipInputValidation: true);
            return;
        }

        var compact = new ArrayBufferWriter<byte>(json.Length);
        var isInText = false;
        for (var i = 0; i < json.Length; i++)
        {
            var at = json[i];
            if (at == '"')
                isInText = !isInText;
            else if (isInText && at == '\\')
                compact.Write(json.Slice(i++, 1));
            if (isInText || json[i] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                compact.Write(json.Slice(i, 1));
        }

        writer.WriteRawValue(compact.WrittenSpan, skipInputValidation: true);
    }
}
