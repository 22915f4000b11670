using WhatsSound.Presence;
using WhatsSound.Queue;

namespace WhatsSound.Rooms;

/// <summary>
/// A listening room, the only writer of its settings, roles, queue, votes and playback. Its key is <see cref="RoomId.KeyOf"/>.
/// What is asked for is data: a <see cref="RoomAction"/>. A durable command is saved before it is answered, and what its channels are told of its events
/// follows from what was saved: a crash between the two loses nothing and doubles nothing. All but <see cref="CreateRoom"/> and <see cref="JoinRoom"/> are refused with NOT_MEMBER to a
/// user who is not in the room, and all but <see cref="CreateRoom"/> with ROOM_NOT_FOUND; whoever is out by a sanction is told BANNED or KICKED, but may leave. Every malformed argument is BAD_REQUEST.
/// </summary>
[Alias("ws.IRoomGrain"), GrainInterfaceType("ws.IRoomGrain")]
public interface IRoomGrain : IPresenceWatcher
{
    /// <summary>Carries a command out. Refusals: as its action says.</summary>
    [Alias("Act")]
    Task<Answer<RoomReceipt>> ActAsync(RoomCommand command);

    /// <summary>
    /// Enters a connection into the room: a <see cref="JoinRoom"/>. Answers what a late joiner needs in one round trip. Joining again with the same connection is
    /// idempotent. Where <see cref="JoinRoom.NeedsNoSnapshot"/> says so, of the answer only the room's id, revision and settings count. Refusals: those of <see cref="JoinRoom"/>, ROOM_NOT_FOUND, and
    /// NOT_READY while what the room has decided cannot be saved or told.
    /// </summary>
    [Alias("Join")]
    Task<Answer<RoomSnapshot>> JoinAsync(RoomCommand command, PresenceEntry entry);

    /// <summary>A new snapshot for a member whose recovery was lost.</summary>
    [Alias("GetSnapshot")]
    Task<Answer<RoomSnapshot>> GetSnapshotAsync(string userId);

    /// <summary>
    /// Takes one connection of the user out of the room, with the exit as its gateway numbered it: a <see cref="LeaveRoom"/>. Sent again, it takes the connection
    /// out again, and is answered as before.
    /// </summary>
    [Alias("Exit")]
    Task<Answer<RoomReceipt>> LeaveAsync(RoomCommand command, PresenceExit exit);

    /// <summary>As <see cref="IChatGrain.ActAsync"/>, which it passes it on to: for gateways of a version that does not know the chat. Interleaves with everything.</summary>
    [Alias("Say"), AlwaysInterleave]
    Task<Answer<RoomReceipt>> SayAsync(RoomCommand command);

    /// <summary>
    /// A part of the queue for a member: after a page's cursor, 1 to 100 entries. Interleaves with everything: it reads the room as it is, which is replaced as a whole.
    /// </summary>
    [Alias("GetQueuePage"), AlwaysInterleave]
    Task<Answer<QueuePage>> GetQueuePageAsync(string userId, string? cursor, int count);

    /// <summary>Why a queued song stands where it does, for a member. Interleaves as a page does. Refusals: ENTRY_NOT_FOUND.</summary>
    [Alias("GetPlaceReason"), AlwaysInterleave]
    Task<Answer<PlaceReason>> GetPlaceReasonAsync(string userId, string entryId);

    /// <summary>
    /// What plays when nothing is queued, for a member: the tracks from one of them (0 is the first), 1 to 100. Interleaves as a page of the queue does. Refusals: BAD_REQUEST.
    /// </summary>
    [Alias("GetFallback"), AlwaysInterleave]
    Task<Answer<FallbackPage>> GetFallbackAsync(string userId, int from, int count);

    /// <summary>Takes a report, which has no id since the next one says more. Refusals: as the report says.</summary>
    [Alias("Report")]
    Task<Answer<Done>> ReportAsync(string userId, RoomAction report);

    /// <summary>Whose the room is. Interleaves with everything: it reads the room as it is, and its owner may be asked for a place meanwhile.</summary>
    [Alias("GetOwnership"), AlwaysInterleave]
    Task<RoomOwnership> GetOwnershipAsync();

    /// <summary>What was played in the room, for its members; all of it, for those who may read its records. Interleaves: it reads. Refusals: FORBIDDEN, NOT_READY.</summary>
    [Alias("GetPlays"), AlwaysInterleave]
    Task<Answer<RoomPlaysPage>> GetPlaysAsync(string userId, RoomPlaysRequest request);

    /// <summary>What that comes to, for members. Interleaves, as above. Refusals: NOT_READY.</summary>
    [Alias("GetStatistics"), AlwaysInterleave]
    Task<Answer<RoomStatistics>> GetStatisticsAsync(string userId);

    /// <summary>What those who keep order can read. Refusals: FORBIDDEN.</summary>
    [Alias("ReadRecords")]
    Task<Answer<RoomRecords>> ReadRecordsAsync(string userId, RoomRecordsRequest request);
}
