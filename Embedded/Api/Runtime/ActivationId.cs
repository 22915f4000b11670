namespace Orleans.Runtime;

/// <summary>The identity of one activation of a grain.</summary>
[GenerateSerializer, Immutable]
public readonly struct ActivationId(Guid key) : IEquatable<ActivationId>
{
    private readonly Guid key = key;

    public bool IsDefault => key == Guid.Empty;

    public readonly bool Equals(ActivationId other) => key == other.key;

    public override readonly bool Equals(object? obj) => obj is ActivationId other && Equals(other);

    public override readonly int GetHashCode() => key.GetHashCode();

    public override readonly string ToString() => $"@{key:N}";

    public static bool operator ==(ActivationId left, ActivationId right) => left.Equals(right);

    public static bool operator !=(ActivationId left, ActivationId right) => !left.Equals(right);
}
