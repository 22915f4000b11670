namespace Orleans.Runtime;

/// <summary>The type part of a grain's identity.</summary>
[GenerateSerializer, Immutable]
public readonly struct GrainType(IdSpan id) : IEquatable<GrainType>, IComparable<GrainType>
{
    public IdSpan Value { get; } = id;

    public bool IsDefault => Value.IsDefault;

    public static GrainType Create(string value) => new(IdSpan.Create(value));

    public readonly uint GetUniformHashCode() => Value.GetUniformHashCode();

    public readonly bool Equals(GrainType other) => Value.Equals(other.Value);

    public override readonly bool Equals(object? obj) => obj is GrainType other && Equals(other);

    public override readonly int GetHashCode() => Value.GetHashCode();

    public readonly int CompareTo(GrainType other) => Value.CompareTo(other.Value);

    public override readonly string ToString() => Value.ToString();

    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);
}
