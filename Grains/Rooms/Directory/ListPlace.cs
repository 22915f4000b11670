using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Where a room stands in the public list: by its listeners, then by its age, the newest first, then by its id. A page's cursor is one: it names a place and not a number, so a room that stays where it
/// is, is on one page, whatever comes and goes around it.
/// </summary>
internal readonly record struct ListPlace(int ListenerCount, long CreatedAtMs, string RoomId)
{
    public static IComparer<ListPlace> Order { get; } = Comparer<ListPlace>.Create(static (one, other) => one.ComparedTo(other));

    public static ListPlace Of(RoomListing listing) => new(listing.ListenerCount, listing.CreatedAtMs, listing.RoomId);

    public static bool TryParse(string text, [NotNullWhen(true)] out ListPlace? place)
    {
        place = null;
        if (text.Split('.') is not [var listeners, var createdAt, var roomId]
            || !int.TryParse(listeners, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || !long.TryParse(createdAt, NumberStyles.None, CultureInfo.InvariantCulture, out var createdAtMs)
            || !WhatsSound.Rooms.RoomId.IsValid(roomId))
            return false;
        place = new(count, createdAtMs, roomId);
        return true;
    }

    /// <summary>Below zero: it comes before the other.</summary>
    public int ComparedTo(ListPlace other)
    {
        var byListeners = other.ListenerCount.CompareTo(ListenerCount);
        if (byListeners != 0)
            return byListeners;
        var byAge = other.CreatedAtMs.CompareTo(CreatedAtMs);
        return byAge != 0 ? byAge : string.CompareOrdinal(RoomId, other.RoomId);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ListenerCount}.{CreatedAtMs}.{RoomId}");
}
