using System.Collections.Immutable;
using WhatsSound.Rooms;
using WhatsSound.Text;

namespace WhatsSound.Grains.Rooms;

/// <summary>A room in a part of the public list, and what it is found by.</summary>
internal sealed record ListedLine(RoomListing Listing, long Revision, ImmutableArray<string> Words, ImmutableArray<string> Tags)
{
    public ListPlace Place => ListPlace.Of(Listing);

    /// <summary>Whether the room is found by the same as it was.</summary>
    public bool IsFoundAs(RoomListing listing) => Listing.Name == listing.Name && Listing.Tags.SequenceEqual(listing.Tags);

    public static ListedLine Of(RoomListing listing, long revision, ListedLine? known)
    {
        if (known?.IsFoundAs(listing) == true)
            return known with { Listing = listing, Revision = revision };
        return new(listing, revision, [.. FoldedText.Words(listing.Name)], [.. listing.Tags.Select(RoomSearch.Fold)]);
    }
}
