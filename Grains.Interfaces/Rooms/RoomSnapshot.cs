using System.Collections.Immutable;
using WhatsSound.Playback;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Queue;

namespace WhatsSound.Rooms;

/// <summary>
/// Everything a late joiner needs, at one moment: what the room's channels have said up to <see cref="Positions"/> is in it, and everything later
/// follows those positions without gap or duplicate. At most 64 KiB as JSON: the oldest chat messages go first, then the end of the queue window,
/// with the votes on what is not shown, then members beyond a sample, then the oldest history.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.RoomSnapshot")]
public sealed record RoomSnapshot
{
    /// <summary>The most bytes of its JSON.</summary>
    public const int BytesMax = 64 * 1024;

    /// <summary>The room.</summary>
    [Id(0)] public required string RoomId { get; init; }

    /// <summary>Counts the room's events.</summary>
    [Id(1)] public required long Revision { get; init; }

    /// <summary>Room time of the snapshot, Unix milliseconds.</summary>
    [Id(2)] public required long ServerTimeMs { get; init; }

    /// <summary>What the owner set.</summary>
    [Id(3)] public required RoomSettings Settings { get; init; }

    /// <summary>The user who created the room.</summary>
    [Id(4)] public required string OwnerUserId { get; init; }

    /// <summary>The host; null while nobody is there to be it.</summary>
    [Id(5)] public string? HostUserId { get; init; }

    /// <summary>The asker's role: <see cref="RoomRole.Host"/> while they are the host.</summary>
    [Id(6)] public required RoomRole MyRole { get; init; }

    /// <summary>The playback vector.</summary>
    [Id(7)] public required PlaybackVector Playback { get; init; }

    /// <summary>The current song, the next 50 and the count.</summary>
    [Id(8)] public required QueueChanged Queue { get; init; }

    /// <summary>The asker's own votes, as <see cref="OwnVotes.MyVotes"/>; where the queue is cut, on what it shows alone.</summary>
    [Id(9)] public required ImmutableDictionary<string, int> MyVotes { get; init; }

    /// <summary>The last 10 songs played, newest first.</summary>
    [Id(10)] public required ImmutableArray<HistoryItem> History { get; init; }

    /// <summary>Up to the last 50 chat publications, oldest first.</summary>
    [Id(11)] public required ImmutableArray<Publication> Chat { get; init; }

    /// <summary>Whether older chat messages exist.</summary>
    [Id(12)] public required bool ChatHasMore { get; init; }

    /// <summary>What a page of older chat messages is asked for with, as <c>before</c>; null: there are none.</summary>
    public long? ChatCursor =>
        !ChatHasMore ? null : Chat is [{ Offset: var first }, ..] ? first : Positions.TryGetValue(Rooms.RoomId.ChatOf(RoomId), out var head) ? head.Offset + 1 : null;

    /// <summary>Who is here.</summary>
    [Id(13)] public required PresenceView Presence { get; init; }

    /// <summary>The vote to skip the current song.</summary>
    [Id(14)] public required SkipTally Skip { get; init; }

    /// <summary>The position of each of the room's channels, by channel name.</summary>
    [Id(15)] public required ImmutableDictionary<string, Position> Positions { get; init; }

    /// <summary>Whether the asker has voted to skip the current song.</summary>
    [Id(16)] public bool MySkipVote { get; init; }

    /// <summary>Who is what.</summary>
    [Id(17)] public RoomRoles Roles { get; init; } = new();

    /// <summary>What the asker may do here, by the names of permissions.</summary>
    [Id(18)] public ImmutableArray<string> MyPermissions { get; init; } = [];

    /// <summary>What the asker may not do for a while, with the reasons.</summary>
    [Id(19)] public ImmutableArray<SanctionNotice> MySanctions { get; init; } = [];

    /// <summary>What plays when nothing is queued.</summary>
    [Id(20)] public FallbackView Fallback { get; init; } = new();
}
