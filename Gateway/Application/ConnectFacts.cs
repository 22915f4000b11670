namespace WhatsSound.Gateway.Application;

/// <summary>What an app knows of somebody who connects. Nothing in it gives more than the token does.</summary>
public sealed record ConnectFacts
{
    /// <summary>What the user is called; null: what the token says.</summary>
    public string? DisplayName { get; init; }

    /// <summary>What they may, channel patterns to <c>subscribe</c>, <c>publish</c>, <c>presence</c>, as far as the token allows it too; null: what the token says. Up to 64 patterns.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Capabilities { get; init; }

    /// <summary>Until when: Unix time in milliseconds; null, or later than the token says: until then.</summary>
    public long? ExpiresAtMs { get; init; }
}
