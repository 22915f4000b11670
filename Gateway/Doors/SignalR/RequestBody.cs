using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Parses the arguments of a call: an array of exactly one JSON object.</summary>
internal static class RequestBody
{
    /// <summary>The body, in memory of its own; otherwise what is wrong.</summary>
    public static bool TryParse(in ReadOnlySequence<byte> arguments, out JsonElement body, out string problem)
    {
        body = default;
        problem = "The arguments are missing.";
        if (arguments.IsEmpty)
            return false;
        try
        {
            var reader = new Utf8JsonReader(arguments);
            var all = JsonElement.ParseValue(ref reader);
            return TryTakeOnly(all, out body, out problem);
        }
        catch (JsonException)
        {
            problem = "The arguments are nested too deep, or no JSON.";
            return false;
        }
    }

    private static bool TryTakeOnly(JsonElement all, out JsonElement body, out string problem)
    {
        body = default;
        problem = "A method takes exactly one argument, a JSON object.";
        if (all.ValueKind != JsonValueKind.Array || all.GetArrayLength() != 1 || all[0].ValueKind != JsonValueKind.Object)
            return false;
        problem = "The arguments are not UTF-8.";
        var text = JsonMarshal.GetRawUtf8Value(all);
        if (!Utf8.IsValid(text))
            return false;
        problem = "A name in the arguments is not Unicode text.";
        if (!AreNamesText(text))
            return false;
        body = all[0];
        return true;
    }

    /// <summary>False for a name with an escaped half of a surrogate pair: it is JSON, but no name can be compared with it.</summary>
    private static bool AreNamesText(ReadOnlySpan<byte> text)
    {
        if (text.IndexOf("\\u"u8) < 0)
            return true;
        var reader = new Utf8JsonReader(text);
        try
        {
            while (reader.Read())
            {
                if (reader is { TokenType: JsonTokenType.PropertyName, ValueIsEscaped: true })
                    _ = reader.GetString();
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
