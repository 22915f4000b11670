namespace WhatsSound.Rooms;

/// <summary>What of a user's was played in a room.</summary>
[GenerateSerializer, Immutable, Alias("ws.DjStatistics")]
public sealed record DjStatistics
{
    /// <summary>Who.</summary>
    [Id(0)] public required string UserId { get; init; }

    /// <summary>What they were called last.</summary>
    [Id(1)] public string? Name { get; init; }

    /// <summary>How many of their songs were played.</summary>
    [Id(2)] public required int Plays { get; init; }

    /// <summary>How many of these count: half was played, or four minutes.</summary>
    [Id(3)] public required int CountedPlays { get; init; }
}
