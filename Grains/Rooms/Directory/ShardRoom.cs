using System.Collections.Immutable;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>A line of a stored part of the list.</summary>
internal sealed record ShardRoom
{
    public required string RoomId { get; init; }

    public required string Name { get; init; }

    public required long UpdatedAtMs { get; init; }

    public ImmutableArray<string> Tags { get; init; } = [];

    public bool HasPassword { get; init; }

    public long CreatedAtMs { get; init; }

    public long Revision { get; init; }

    public static ShardRoom Of(ListedLine line) => new()
    {
        RoomId = line.Listing.RoomId,
        Name = line.Listing.Name,
        UpdatedAtMs = line.Listing.UpdatedAtMs,
        Tags = line.Listing.Tags,
        HasPassword = line.Listing.HasPassword,
        CreatedAtMs = line.Listing.CreatedAtMs,
        Revision = line.Revision,
    };

    public RoomListing ToListing() => new()
    {
        RoomId = RoomId, Name = Name, ListenerCount = 0, UpdatedAtMs = UpdatedAtMs, Tags = Tags, HasPassword = HasPassword, CreatedAtMs = CreatedAtMs,
    };
}
