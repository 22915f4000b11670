using System.Text.Json;

namespace WhatsSound.Client;

/// <summary>JSON that others wrote, and may be anything or none: half of a character too, which JSON can write and .NET throws at.</summary>
internal static class JsonElements
{
    private static readonly JsonElement Null = JsonDocument.Parse("null").RootElement;

    /// <summary>The JSON; <c>null</c> where there is none.</summary>
    public static JsonElement OrNull(this JsonElement json) => json.ValueKind == JsonValueKind.Undefined ? Null : json;

    /// <summary>The text; null where it is something else.</summary>
    public static string? TextOrNull(this JsonElement json) => json.ValueKind == JsonValueKind.String ? OrDefault(() => json.GetString()) : null;

    /// <summary>The bytes of base64; null where it is something else.</summary>
    public static byte[]? BytesOrNull(this JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? OrDefault(() => json.TryGetBytesFromBase64(out var bytes) ? bytes : null) : null;

    /// <summary>The text of a member; null where there is none, or it is something else.</summary>
    public static string? MemberOrNull(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object ? OrDefault(() => json.TryGetProperty(name, out var value) ? value.TextOrNull() : null) : null;

    /// <summary>Whether two say the same; where that cannot be compared, whether they are written the same.</summary>
    public static bool IsSameAs(this JsonElement json, JsonElement other) =>
        OrDefault<bool?>(() => JsonElement.DeepEquals(json, other)) ?? string.Equals(json.GetRawText(), other.GetRawText(), StringComparison.Ordinal);

    private static T? OrDefault<T>(Func<T?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return default;
        }
    }
}
