using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>What was played in a room, of all plays that are kept.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomStatistics")]
public sealed record RoomStatistics
{
    /// <summary>How many songs were played.</summary>
    [Id(0)] public required int Plays { get; init; }

    /// <summary>How many of these count: half was played, or four minutes.</summary>
    [Id(1)] public required int CountedPlays { get; init; }

    /// <summary>How many different songs, by their addresses.</summary>
    [Id(2)] public required int Songs { get; init; }

    /// <summary>How many were ended before their time, by vote or by somebody.</summary>
    [Id(3)] public required int Skips { get; init; }

    /// <summary>For how long songs were played, in milliseconds of the songs.</summary>
    [Id(4)] public required long ListenedMs { get; init; }

    /// <summary>The most members who were there during a song.</summary>
    [Id(5)] public required int PeakListeners { get; init; }

    /// <summary>When the oldest play that is kept began, Unix milliseconds; null: there is none.</summary>
    [Id(6)] public long? SinceMs { get; init; }

    /// <summary>Whose songs were played most, up to 10.</summary>
    [Id(7)] public required ImmutableArray<DjStatistics> Djs { get; init; }
}
