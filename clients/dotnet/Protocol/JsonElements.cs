using System.Text.Json;

namespace WhatsSound.Client;

/// <summary>JSON that may be none.</summary>
internal static class JsonElements
{
    private static readonly JsonElement Null = JsonElement.Parse("null");

    /// <summary>The JSON; <c>null</c> where there is none.</summary>
    public static JsonElement OrNull(this JsonElement json) => json.ValueKind == JsonValueKind.Undefined ? Null : json;
}
