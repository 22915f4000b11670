namespace WhatsSound.Gateway.Application;

/// <summary>What an app decides: yes, with what goes with it, or no, with a reason for whoever asked.</summary>
/// <typeparam name="T">What goes with a yes.</typeparam>
public sealed record Ruling<T>
{
    internal Ruling(T? value, string? reason) => (Value, Reason) = (value, reason);

    /// <summary>What goes with a yes.</summary>
    public T? Value { get; }

    /// <summary>Why not; null: yes.</summary>
    public string? Reason { get; }

    /// <summary>Yes.</summary>
    public static implicit operator Ruling<T>(T value) => new(value, null);
}

/// <summary>Makes rulings.</summary>
public static class Ruling
{
    /// <summary>No. Whoever asked is told the reason, of which 200 characters count.</summary>
    public static Ruling<T> Refuse<T>(string reason) => new(default, reason ?? throw new ArgumentNullException(nameof(reason)));
}
