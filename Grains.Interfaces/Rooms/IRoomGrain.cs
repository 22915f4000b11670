using System.Collections.Immutable;
using WhatsSound.Presence;
using WhatsSound.Queue;

namespace WhatsSound.Rooms;

/// <summary>
/// A listening room, the only writer of its settings, roles, queue, votes and playback. Its key is <see cref="RoomId.KeyOf"/>.
/// A durable command is saved before it is answered, and its events are published through an outbox saved with it: a crash between the two
/// loses nothing and doubles nothing. All commands but <see cref="CreateAsync"/> and <see cref="JoinAsync"/> refuse with NOT_MEMBER a user who is not
/// in the room, and all but <see cref="CreateAsync"/> with ROOM_NOT_FOUND. Every malformed argument is BAD_REQUEST.
/// </summary>
[Alias("ws.IRoomGrain"), GrainInterfaceType("ws.IRoomGrain")]
public interface IRoomGrain : IPresenceWatcher
{
    /// <summary>Creates the room with the caller as owner. Again by the same owner: the same room. Refusals: ROOM_NAME_TAKEN.</summary>
    [Alias("Create")]
    Task<Answer<RoomReceipt>> CreateAsync(RoomCommand command, RoomSettings settings);

    /// <summary>
    /// Enters a connection into the room. Answers what a late joiner needs in one round trip. Joining again with the same connection is no error.
    /// Refusals: ROOM_FULL.
    /// </summary>
    [Alias("Join")]
    Task<Answer<RoomSnapshot>> JoinAsync(RoomCommand command, PresenceEntry entry);

    /// <summary>A new snapshot for a member whose recovery was lost.</summary>
    [Alias("GetSnapshot")]
    Task<Answer<RoomSnapshot>> GetSnapshotAsync(string userId);

    /// <summary>Takes one connection of the user out of the room, on purpose.</summary>
    [Alias("Leave")]
    Task<Answer<RoomReceipt>> LeaveAsync(RoomCommand command, string connectionId);

    /// <summary>Takes one connection of the user out of the room, with the exit as its gateway numbered it.</summary>
    [Alias("Exit")]
    Task<Answer<RoomReceipt>> LeaveAsync(RoomCommand command, PresenceExit exit);

    /// <summary>
    /// Says something. The receipt has the message's place. Interleaves with everything: it only reads membership, and the chat channel keeps the
    /// order. Refusals: MESSAGE_EMPTY, MESSAGE_TOO_LONG, RATE_LIMITED.
    /// </summary>
    [Alias("SendChat"), AlwaysInterleave]
    Task<Answer<RoomReceipt>> SendChatAsync(RoomCommand command, string text);

    /// <summary>
    /// Adds 1 to 20 songs, all or none. The first song of an idle room starts by itself.
    /// Refusals: QUEUE_FULL, USER_QUOTA, DUPLICATE_TRACK, TRACK_TOO_LONG.
    /// </summary>
    [Alias("Enqueue")]
    Task<Answer<RoomReceipt>> EnqueueAsync(RoomCommand command, ImmutableArray<Track> tracks);

    /// <summary>Takes a song out of the queue: its adder, or the host. Refusals: ENTRY_NOT_FOUND, FORBIDDEN.</summary>
    [Alias("RemoveEntry")]
    Task<Answer<RoomReceipt>> RemoveEntryAsync(RoomCommand command, string entryId);

    /// <summary>Sets the caller's vote on a queued song to -1, 0 or +1; set semantics. Refusals: ENTRY_NOT_FOUND, SELF_VOTE.</summary>
    [Alias("Vote")]
    Task<Answer<RoomReceipt>> VoteAsync(RoomCommand command, string entryId, int value);

    /// <summary>Sets the caller's vote to skip the current song. Refusals: STALE_ENTRY, SKIP_TOO_EARLY, NOTHING_PLAYING.</summary>
    [Alias("VoteSkip")]
    Task<Answer<RoomReceipt>> VoteSkipAsync(RoomCommand command, string entryId, bool isOn);

    /// <summary>Goes on playing, or starts the queue. Host only. Refusals: FORBIDDEN, NOTHING_PLAYING.</summary>
    [Alias("Play")]
    Task<Answer<RoomReceipt>> PlayAsync(RoomCommand command);

    /// <summary>Stops at the current position. Host only. Refusals: FORBIDDEN, NOTHING_PLAYING.</summary>
    [Alias("Pause")]
    Task<Answer<RoomReceipt>> PauseAsync(RoomCommand command);

    /// <summary>Moves the current song to a position. Host only. Refusals: FORBIDDEN, STALE_ENTRY, INVALID_POSITION, NOTHING_PLAYING.</summary>
    [Alias("Seek")]
    Task<Answer<RoomReceipt>> SeekAsync(RoomCommand command, string entryId, long positionMs);

    /// <summary>Ends the current song now: the host, or its adder. Refusals: FORBIDDEN, STALE_ENTRY, NOTHING_PLAYING.</summary>
    [Alias("Skip")]
    Task<Answer<RoomReceipt>> SkipAsync(RoomCommand command, string entryId);

    /// <summary>
    /// A hint that a client's player reached the end. It never ends a song by itself: the room's timer does, once. Refusals: STALE_ENTRY.
    /// </summary>
    [Alias("ReportEnded")]
    Task<Answer<Done>> ReportEndedAsync(string userId, string entryId);

    /// <summary>
    /// Where the host's player is. Any number a second: listeners get at most two a second, and the last one. Not durable.
    /// Refusals: FORBIDDEN, STALE_ENTRY, INVALID_POSITION, NOTHING_PLAYING.
    /// </summary>
    [Alias("ReportHostPosition")]
    Task<Answer<Done>> ReportHostPositionAsync(string userId, string entryId, long positionMs);

    /// <summary>Makes another present member the host. Host or owner only. Refusals: FORBIDDEN, NOT_MEMBER.</summary>
    [Alias("TransferHost")]
    Task<Answer<RoomReceipt>> TransferHostAsync(RoomCommand command, string toUserId);
}
