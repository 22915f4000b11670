using System.Text.Json;

namespace WhatsSound.Gateway.Requests;

/// <summary>
/// Which names a client may give in what others get. A reader of MessagePack for JavaScript ends its connection over <c>__proto__</c>, one for .NET drops the whole
/// message over a name that comes twice in an object, and of readers of JSON each takes another of the two.
/// </summary>
internal static class JsonNames
{
    /// <summary>Whether each name is once in its object, and none is <c>__proto__</c>. The value nests no deeper than <see cref="JsonDepth.Max"/>.</summary>
    public static bool AreReadable(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => AreReadableIn(value),
        JsonValueKind.Array => value.EnumerateArray().All(AreReadable),
        _ => true,
    };

    /// <summary>Whether a reader would stop at it.</summary>
    public static bool IsForbidden(string name) => string.Equals(name, "__proto__", StringComparison.Ordinal);

    private static bool AreReadableIn(JsonElement value)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            if (!JsonText.TryReadName(property, out var name) || IsForbidden(name) || !names.Add(name) || !AreReadable(property.Value))
                return false;
        }

        return true;
    }
}
