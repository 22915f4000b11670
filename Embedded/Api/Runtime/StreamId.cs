using System.Text;
using WhatsSound.Embedded.Runtime;

namespace Orleans.Runtime;

/// <summary>The identity of a stream: a namespace, which may be absent, and a key.</summary>
[GenerateSerializer, Immutable]
public readonly struct StreamId : IEquatable<StreamId>, IComparable<StreamId>
{
    private readonly string? ns;
    private readonly string? key;

    private StreamId(string? ns, string key)
    {
        this.ns = string.IsNullOrEmpty(ns) ? null : ns;
        this.key = key;
    }

    public static StreamId Create(string? ns, string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        return new(ns, key);
    }

    public ReadOnlyMemory<byte> Key => Encoding.UTF8.GetBytes(key ?? "");

    public ReadOnlyMemory<byte> Namespace => Encoding.UTF8.GetBytes(ns ?? "");

    public readonly string GetKeyAsString() => key ?? "";

    public readonly string? GetNamespace() => ns;

    public readonly bool Equals(StreamId other) => string.Equals(key, other.key, StringComparison.Ordinal) && string.Equals(ns, other.ns, StringComparison.Ordinal);

    public override readonly bool Equals(object? obj) => obj is StreamId other && Equals(other);

    public override readonly int GetHashCode() => (int)XxHash32.Of(Encoding.UTF8.GetBytes(ToString()));

    public readonly int CompareTo(StreamId other) => string.CompareOrdinal(ToString(), other.ToString());

    public override readonly string ToString() => $"{ns ?? "null"}/{key}";

    public static bool operator ==(StreamId s1, StreamId s2) => s1.Equals(s2);

    public static bool operator !=(StreamId s1, StreamId s2) => !s1.Equals(s2);
}
