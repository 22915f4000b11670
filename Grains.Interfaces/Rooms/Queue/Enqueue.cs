using System.Collections.Immutable;
using WhatsSound.Queue;

namespace WhatsSound.Rooms;

/// <summary>
/// Adds 1 to <see cref="TracksMax"/> songs, each for itself: the receipt says what became of each. Where none was added, the command is refused as the first one was. The first song of an
/// idle room starts by itself. Refusals: QUEUE_FULL, QUEUE_LOCKED, USER_QUOTA, DUPLICATE_TRACK, RECENTLY_PLAYED, TRACK_TOO_LONG, RATE_LIMITED.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.Enqueue")]
public sealed record Enqueue : RoomAction
{
    /// <summary>The most songs that any server takes at once.</summary>
    public const int TracksMax = 200;

    /// <summary>The songs, in the order in which they are added.</summary>
    [Id(0)] public required ImmutableArray<Track> Tracks { get; init; }
}
