using System.Text.Json;

namespace WhatsSound.Gateway.Requests;

/// <summary>How deep a value of a client may nest. What is accepted is wrapped in frames, views and answers, and must stay readable there.</summary>
internal static class JsonDepth
{
    /// <summary>32, so that a wrapped value stays below 64, which is where readers of .NET and others stop.</summary>
    public const int Max = 32;

    /// <summary>Whether the text, which is JSON, nests no deeper than the bound. A number or a text has depth 0, a list of those 1.</summary>
    public static bool IsWithin(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject && reader.CurrentDepth >= Max)
                return false;
        }

        return true;
    }
}
