using WhatsSound.Publications;

namespace WhatsSound.Channels;

/// <summary>Where to start reading: after <see cref="Since"/>, or the last <see cref="RewindCount"/>, or at the head if neither is given.</summary>
[GenerateSerializer, Immutable, Alias("ws.RecoverRequest")]
public sealed record RecoverRequest
{
    /// <summary>The last position the subscriber has seen.</summary>
    [Id(0)] public Position? Since { get; init; }

    /// <summary>How many of the newest publications to answer, 1 to 100; fewer if there are fewer or their data is too large. Ignored with <see cref="Since"/>.</summary>
    [Id(1)] public int? RewindCount { get; init; }

    /// <summary>Answer publications not older than this many milliseconds, 1 to 120,000. Ignored with either of the above.</summary>
    [Id(2)] public long? RewindMs { get; init; }

    /// <summary>On a conflated channel, answer the newest of each key that is kept; elsewhere nothing is. Ignored with any of the above.</summary>
    [Id(4)] public bool Newest { get; init; }

    /// <summary>For which user: what others have for themselves alone is left out. Null: nothing is.</summary>
    [Id(3)] public string? UserId { get; init; }
}
