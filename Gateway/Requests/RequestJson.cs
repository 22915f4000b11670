using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace WhatsSound.Gateway.Requests;

/// <summary>JSON that a client sent.</summary>
internal static class RequestJson
{
    /// <summary>One value, in memory of its own, whose text can be read; otherwise what is wrong.</summary>
    public static bool TryParse(in ReadOnlySequence<byte> json, out JsonElement value, out string problem)
    {
        value = default;
        try
        {
            var reader = new Utf8JsonReader(json);
            value = JsonElement.ParseValue(ref reader);
        }
        catch (JsonException)
        {
            problem = "The text is nested too deep, or no JSON.";
            return false;
        }

        var text = JsonMarshal.GetRawUtf8Value(value);
        problem = "The text is not UTF-8.";
        if (!Utf8.IsValid(text))
            return false;
        problem = "A name in the text is not Unicode text.";
        return AreNamesText(text);
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
