namespace WhatsSound;

/// <summary>The value of a command that has nothing to tell beyond that it was carried out.</summary>
[GenerateSerializer, Immutable, Alias("ws.Done")]
public sealed record Done
{
    /// <summary>The only value.</summary>
    public static Done Value { get; } = new();
}
