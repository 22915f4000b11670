namespace WhatsSound.Rooms;

/// <summary>
/// The chat of a room: the only writer of its chat channel. Its key is the room's. Who may speak it asks the room, for each command. A message is in the message log before it is answered, and its number is its
/// offset there. All is refused with NOT_MEMBER to a user who is not in the room, BANNED or KICKED to one who is out, ROOM_CLOSED, and ROOM_NOT_FOUND.
/// </summary>
[Alias("ws.IChatGrain"), GrainInterfaceType("ws.IChatGrain")]
public interface IChatGrain : IGrainWithStringKey
{
    /// <summary>
    /// Carries out <see cref="SendChat"/>, <see cref="EditChat"/> or <see cref="DeleteChat"/>. The receipt has the place of what it published. The same id again has one effect and the same answer, also after a
    /// crash. Refusals: as the action says. Cost: a call to the room, and a write to the message log.
    /// </summary>
    [Alias("Act")]
    Task<Answer<RoomReceipt>> ActAsync(RoomCommand command);

    /// <summary>Takes a <see cref="React"/> or a <see cref="SetTyping"/>. Cost: a call to the room; nothing is stored. Refusals: as the report says.</summary>
    [Alias("Report")]
    Task<Answer<Done>> ReportAsync(string userId, string? displayName, RoomAction report);

    /// <summary>Reads what was said. Interleaves with everything: it changes nothing. Cost: a call to the room, and reads of the message log.</summary>
    [Alias("GetPage"), AlwaysInterleave]
    Task<Answer<ChatPage>> GetPageAsync(string userId, ChatPageRequest request);

    /// <summary>
    /// Notes up to which message a member has read: in the user's own markers, where all their devices see it. It never goes back. Interleaves with everything, since the user's channel may be anywhere. Refusals:
    /// BAD_REQUEST of a message that is not there yet, RATE_LIMITED, NOT_READY. Cost: a call to the room, and a write to the message log.
    /// </summary>
    [Alias("MarkRead"), AlwaysInterleave]
    Task<Answer<Done>> MarkReadAsync(string userId, long offset);

    /// <summary>
    /// Ends when what was being decided as it was called is decided, and kept. Whoever has changed who may speak waits for it before they say so: nothing then comes that was allowed before. Interleaves, since it
    /// is what it waits for that has the turn.
    /// </summary>
    [Alias("Settle"), AlwaysInterleave]
    Task SettleAsync();
}
