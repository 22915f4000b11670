using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>A page of the public list: most listeners first, and of as many the newest room.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomListingPage")]
public sealed record RoomListingPage
{
    /// <summary>Up to 100 rooms.</summary>
    [Id(0)] public required ImmutableArray<RoomListing> Rooms { get; init; }

    /// <summary>How many rooms are in the list, of those that were asked for.</summary>
    [Id(1)] public required int Total { get; init; }

    /// <summary>The next page's cursor; null: there is none. Rooms that have not moved meanwhile are on one page each.</summary>
    [Id(2)] public string? Next { get; init; }

    /// <summary>Whether a part of the list did not answer in time, so that rooms may be missing.</summary>
    [Id(3)] public bool IsPartial { get; init; }
}
