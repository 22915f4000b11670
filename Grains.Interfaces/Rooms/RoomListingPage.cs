using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>The public list, most listeners first.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomListingPage")]
public sealed record RoomListingPage
{
    /// <summary>Up to 100 rooms.</summary>
    [Id(0)] public required ImmutableArray<RoomListing> Rooms { get; init; }

    /// <summary>How many rooms are listed in all.</summary>
    [Id(1)] public required int Total { get; init; }
}
