using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace WhatsSound.Gateway.Requests;

/// <summary>Text out of JSON. An escape that is half of a surrogate pair is JSON, and no text.</summary>
internal static class JsonText
{
    public static bool TryRead(JsonElement value, [NotNullWhen(true)] out string? text) => TryGet(value.GetString, out text);

    public static bool TryReadName(JsonProperty property, [NotNullWhen(true)] out string? name) => TryGet(() => property.Name, out name);

    private static bool TryGet(Func<string?> get, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = get();
            return text is not null;
        }
        catch (InvalidOperationException)
        {
            text = null;
            return false;
        }
    }
}
