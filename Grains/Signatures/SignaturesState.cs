namespace WhatsSound.Grains.Signatures;

/// <summary>What outlives the memory of which signatures were used.</summary>
internal sealed record SignaturesState
{
    private const int SchemaNow = 1;

    public int Schema { get; init; } = SchemaNow;

    /// <summary>No signature of a later time was used, by the times at which signatures are made, Unix milliseconds.</summary>
    public long UsedUpToMs { get; init; }

    /// <summary>The state in today's schema.</summary>
    public SignaturesState Upgrade() => Schema switch
    {
        SchemaNow => this,
        _ => throw new NotSupportedException($"Signatures of schema {Schema}; this program knows {SchemaNow}."),
    };
}
