using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using MessagePack;
using WhatsSound.Gateway.Requests;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>The project's JSON in MessagePack: integers as integers, other numbers as doubles, and the bytes of a publication as bytes.</summary>
internal static class JsonToMessagePack
{
    /// <summary>Writes a value of the project's own form.</summary>
    public static void Write(ReadOnlyMemory<byte> json, ref MessagePackWriter writer)
    {
        using var document = JsonDocument.Parse(json);
        Write(document.RootElement, ref writer, isOurs: true);
    }

    private static void Write(JsonElement value, ref MessagePackWriter writer, bool isOurs)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteMap(value, ref writer, isOurs);
                break;
            case JsonValueKind.Array:
                writer.WriteArrayHeader(value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                    Write(item, ref writer, isOurs);
                break;
            case JsonValueKind.String:
                WriteText(JsonMarshal.GetRawUtf8Value(value)[1..^1], ref writer);
                break;
            case JsonValueKind.Number:
                WriteNumber(value, ref writer);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.Write(value.GetBoolean());
                break;
            default:
                writer.WriteNil();
                break;
        }
    }

    private static void WriteMap(JsonElement map, ref MessagePackWriter writer, bool isOurs)
    {
        if (!isOurs)
        {
            WriteMapOfClient(map, ref writer);
            return;
        }

        var hasBytes = map.TryGetProperty("encoding"u8, out var encoding) && encoding.ValueKind == JsonValueKind.String && encoding.ValueEquals("base64"u8);
        writer.WriteMapHeader(map.GetPropertyCount());
        foreach (var property in map.EnumerateObject())
        {
            WriteText(JsonMarshal.GetRawUtf8PropertyName(property), ref writer);
            if (hasBytes && property.NameEquals("data"u8) && property.Value.TryGetBytesFromBase64(out var bytes))
                writer.Write(bytes);
            else
                Write(property.Value, ref writer, !IsOfClients(property));
        }
    }

    /// <summary>
    /// Requests with names that some reader stops at are refused, but what was kept before they were comes here still: it must not end everybody's delivery, again and again. Of a name that
    /// is there twice the last value counts, as in JavaScript.
    /// </summary>
    private static void WriteMapOfClient(JsonElement map, ref MessagePackWriter writer)
    {
        var members = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in map.EnumerateObject())
        {
            var name = Encoding.UTF8.GetString(TextOf(JsonMarshal.GetRawUtf8PropertyName(property)));
            if (!JsonNames.IsForbidden(name))
                members[name] = property.Value;
        }

        writer.WriteMapHeader(members.Count);
        foreach (var (name, value) in members)
        {
            writer.Write(name);
            Write(value, ref writer, isOurs: false);
        }
    }

    /// <summary>Whatever is in it, it is not of the project's own form.</summary>
    private static bool IsOfClients(JsonProperty property) =>
        property.NameEquals("data"u8) || property.NameEquals("extras"u8) || property.NameEquals("headers"u8) || property.NameEquals("info"u8);

    private static void WriteNumber(JsonElement number, ref MessagePackWriter writer)
    {
        if (number.TryGetInt64(out var integer))
            writer.Write(integer);
        else if (number.TryGetUInt64(out var large))
            writer.Write(large);
        else
            writer.Write(number.GetDouble());
    }

    private static void WriteText(ReadOnlySpan<byte> raw, ref MessagePackWriter writer) => writer.WriteString(TextOf(raw));

    private static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> raw) => raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(Unescaped(raw)) : raw;

    /// <summary>By hand, since half of a surrogate pair is JSON: what is written of it is the sign for what is no character.</summary>
    private static string Unescaped(ReadOnlySpan<byte> raw)
    {
        var escaped = Encoding.UTF8.GetString(raw);
        var text = new StringBuilder(escaped.Length);
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                text.Append(escaped[i]);
                continue;
            }

            i++;
            if (escaped[i] == 'u')
            {
                text.Append((char)Convert.ToUInt16(escaped.Substring(i + 1, 4), 16));
                i += 4;
                continue;
            }

            text.Append(escaped[i] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', var itself => itself });
        }

        return text.ToString();
    }
}
