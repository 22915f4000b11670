namespace WhatsSound.Control;

/// <summary>That something was set, and is saved.</summary>
[GenerateSerializer, Immutable, Alias("ws.ControlReceipt")]
public sealed record ControlReceipt
{
    /// <summary>The version of the rules, or the number of the revocation, with which it holds.</summary>
    [Id(0)] public required long Version { get; init; }

    /// <summary>When it was set, room time.</summary>
    [Id(1)] public required long AtMs { get; init; }
}
