namespace WhatsSound.Client;

/// <summary>Where a subscription begins: now, unless one of these is set.</summary>
public sealed record SubscribeOptions
{
    /// <summary>Goes on from a position that was kept, as over a restart of the program.</summary>
    public Position? Since { get; init; }

    /// <summary>Begins with so many publications of before, up to 100.</summary>
    public int? RewindCount { get; init; }

    /// <summary>Begins with the publications of so much time before, up to 2 minutes.</summary>
    public TimeSpan? Rewind { get; init; }
}
