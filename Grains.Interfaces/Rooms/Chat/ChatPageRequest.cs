namespace WhatsSound.Rooms;

/// <summary>Which messages to read: the newest before a number, or the oldest after one; the newest of all if neither is given.</summary>
[GenerateSerializer, Immutable, Alias("ws.ChatPageRequest")]
public sealed record ChatPageRequest
{
    /// <summary>The most messages of a page.</summary>
    public const int CountBound = 100;

    /// <summary>Only messages with lower numbers.</summary>
    [Id(0)] public long? Before { get; init; }

    /// <summary>Only messages with higher numbers. Not together with <see cref="Before"/>.</summary>
    [Id(1)] public long? After { get; init; }

    /// <summary>How many at most, 1 to 100.</summary>
    [Id(2)] public required int CountMax { get; init; }
}
