namespace WhatsSound.Client;

/// <summary>What a publication may have besides its event and data.</summary>
public sealed record PublishOptions
{
    /// <summary>The same id has one effect: 1 to 64 characters, a new one unless given.</summary>
    public string? Id { get; init; }

    /// <summary>On a conflated channel the newest of each key is delivered. Up to 64 characters.</summary>
    public string? Key { get; init; }
}
