namespace Orleans.Runtime;

/// <summary>Values that travel with calls, from caller to callee and never back.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<Dictionary<string, object>?> Values = new();

    public static IEnumerable<string> Keys => Values.Value?.Keys ?? Enumerable.Empty<string>();

    public static IEnumerable<KeyValuePair<string, object>> Entries => Values.Value ?? Enumerable.Empty<KeyValuePair<string, object>>();

    /// <summary>The values as they are now. They are never changed in place, so this can be kept.</summary>
    internal static Dictionary<string, object>? Snapshot
    {
        get => Values.Value;
        set
        {
            if (!ReferenceEquals(Values.Value, value)) Values.Value = value;
        }
    }

    public static object? Get(string key) => Values.Value?.GetValueOrDefault(key);

    public static void Set(string key, object value)
        => Values.Value = Values.Value is { } current ? new(current, StringComparer.Ordinal) { [key] = value } : new(StringComparer.Ordinal) { [key] = value };

    public static bool Remove(string key)
    {
        if (Values.Value?.ContainsKey(key) is not true) return false;
        var copy = new Dictionary<string, object>(Values.Value, StringComparer.Ordinal);
        copy.Remove(key);
        Values.Value = copy.Count == 0 ? null : copy;
        return true;
    }

    public static void Clear() => Values.Value = null;
}
