using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>A room as the public list shows it.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomListing")]
public sealed record RoomListing
{
    /// <summary>The room's id.</summary>
    [Id(0)] public required string RoomId { get; init; }

    /// <summary>Its name.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>How many users were in it, at most 5 s ago.</summary>
    [Id(2)] public required int ListenerCount { get; init; }

    /// <summary>The title of the current song.</summary>
    [Id(3)] public string? NowPlaying { get; init; }

    /// <summary>When the room last told of itself, Unix milliseconds.</summary>
    [Id(4)] public required long UpdatedAtMs { get; init; }

    /// <summary>The words that it can be found by.</summary>
    [Id(5)] public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Whether it takes a password to come in.</summary>
    [Id(6)] public bool HasPassword { get; init; }

    /// <summary>When it was made, Unix milliseconds; 0: a room of an older version, that has not told of itself since.</summary>
    [Id(7)] public long CreatedAtMs { get; init; }
}
