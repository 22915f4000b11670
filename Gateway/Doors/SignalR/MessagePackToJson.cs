using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MessagePack;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>What a client sent in MessagePack as the JSON that it stands for: bytes become a string in base64. What JSON has no word for is refused.</summary>
internal static class MessagePackToJson
{
    /// <summary>As deep as JSON is read. What is deeper is not entered, so that a client does not decide how often this calls itself.</summary>
    private const int DepthMax = 64;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>One value; otherwise what is wrong.</summary>
    public static bool TryConvert(in ReadOnlySequence<byte> value, out ReadOnlyMemory<byte> json, out string problem)
    {
        json = default;
        var reader = new MessagePackReader(value);
        var buffer = new ArrayBufferWriter<byte>((int)value.Length + 64);
        using var writer = new Utf8JsonWriter(buffer, Options);
        try
        {
            problem = Write(ref reader, writer, depth: 0) ?? "";
        }
        catch (Exception exception) when (MessagePackEnvelope.IsMalformed(exception))
        {
            problem = "The arguments are no MessagePack.";
        }

        writer.Flush();
        json = buffer.WrittenMemory;
        return problem.Length == 0;
    }

    private static string? Write(ref MessagePackReader reader, Utf8JsonWriter writer, int depth)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil:
                reader.ReadNil();
                writer.WriteNullValue();
                return null;
            case MessagePackType.Boolean:
                writer.WriteBooleanValue(reader.ReadBoolean());
                return null;
            case MessagePackType.Integer:
                WriteInteger(ref reader, writer);
                return null;
            case MessagePackType.Float:
                return WriteDouble(reader.ReadDouble(), writer);
            case MessagePackType.String:
                return WriteText(ref reader, writer, isName: false);
            case MessagePackType.Binary:
                writer.WriteBase64StringValue(BytesOf(reader.ReadBytes()));
                return null;
            case MessagePackType.Array when depth < DepthMax:
                return WriteArray(ref reader, writer, depth + 1);
            case MessagePackType.Map when depth < DepthMax:
                return WriteMap(ref reader, writer, depth + 1);
            case MessagePackType.Array or MessagePackType.Map:
                return "The arguments are nested too deep.";
            case MessagePackType.Extension:
                return "No argument takes a MessagePack extension, such as a timestamp.";
            default:
                return "The arguments are no MessagePack.";
        }
    }

    private static void WriteInteger(ref MessagePackReader reader, Utf8JsonWriter writer)
    {
        if (reader.NextCode == MessagePackCode.UInt64)
            writer.WriteNumberValue(reader.ReadUInt64());
        else
            writer.WriteNumberValue(reader.ReadInt64());
    }

    private static string? WriteDouble(double number, Utf8JsonWriter writer)
    {
        if (!double.IsFinite(number))
            return "A number in the arguments is not finite.";
        writer.WriteNumberValue(number);
        return null;
    }

    private static string? WriteText(ref MessagePackReader reader, Utf8JsonWriter writer, bool isName)
    {
        var text = BytesOf(reader.ReadStringSequence());
        if (!Utf8.IsValid(text))
            return "The text is not UTF-8.";
        if (isName)
            writer.WritePropertyName(text);
        else
            writer.WriteStringValue(text);
        return null;
    }

    private static string? WriteArray(ref MessagePackReader reader, Utf8JsonWriter writer, int depth)
    {
        writer.WriteStartArray();
        for (var rest = reader.ReadArrayHeader(); rest > 0; rest--)
        {
            if (Write(ref reader, writer, depth) is { } problem)
                return problem;
        }

        writer.WriteEndArray();
        return null;
    }

    private static string? WriteMap(ref MessagePackReader reader, Utf8JsonWriter writer, int depth)
    {
        writer.WriteStartObject();
        for (var rest = reader.ReadMapHeader(); rest > 0; rest--)
        {
            if (reader.NextMessagePackType != MessagePackType.String)
                return "A name in the arguments is no string.";
            if ((WriteText(ref reader, writer, isName: true) ?? Write(ref reader, writer, depth)) is { } problem)
                return problem;
        }

        writer.WriteEndObject();
        return null;
    }

    private static ReadOnlySpan<byte> BytesOf(in ReadOnlySequence<byte>? bytes) => bytes switch
    {
        null => [],
        { IsSingleSegment: true } one => one.FirstSpan,
        { } several => several.ToArray(),
    };
}
