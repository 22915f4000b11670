using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace WhatsSound.Gateway.Requests;

/// <summary>Text out of JSON. An escape that is half of a surrogate pair is JSON, and no text.</summary>
internal static class JsonText
{
    public static bool TryRead(JsonElement value, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = value.GetString();
        }
        catch (InvalidOperationException)
        {
            text = null;
        }

        return text is not null;
    }

    public static bool TryReadName(JsonProperty property, [NotNullWhen(true)] out string? name)
    {
        try
        {
            name = property.Name;
        }
        catch (InvalidOperationException)
        {
            name = null;
        }

        return name is not null;
    }
}
