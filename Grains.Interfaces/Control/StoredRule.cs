namespace WhatsSound.Control;

/// <summary>A channel rule that was set while the cluster runs.</summary>
[GenerateSerializer, Immutable, Alias("ws.StoredRule")]
public sealed record StoredRule
{
    /// <summary>Its pattern.</summary>
    [Id(0)] public required string Pattern { get; init; }

    /// <summary>The rule, in JSON.</summary>
    [Id(1)] public required string Document { get; init; }

    /// <summary>When it was set, room time.</summary>
    [Id(2)] public long AtMs { get; init; }
}
