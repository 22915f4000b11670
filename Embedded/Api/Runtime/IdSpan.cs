using System.Buffers.Binary;
using System.Text;
using WhatsSound.Embedded.Runtime;

namespace Orleans.Runtime;

/// <summary>A part of an identity. Its hash is the same in every process, and on both engines: xxHash32 of its UTF-8, with the bytes reversed.</summary>
[GenerateSerializer, Immutable]
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    private readonly string? text;
    private readonly uint hash;

    private IdSpan(string text)
    {
        this.text = text;
        hash = BinaryPrimitives.ReverseEndianness(XxHash32.Of(Encoding.UTF8.GetBytes(text)));
    }

    public bool IsDefault => text is null;

    public static IdSpan Create(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        return new(id);
    }

    public readonly uint GetUniformHashCode() => hash;

    public readonly bool Equals(IdSpan other) => hash == other.hash && string.Equals(text, other.text, StringComparison.Ordinal);

    public override readonly bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    public override readonly int GetHashCode() => (int)hash;

    public readonly int CompareTo(IdSpan other) => string.CompareOrdinal(text, other.text);

    public override readonly string ToString() => text ?? string.Empty;

    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);
}
