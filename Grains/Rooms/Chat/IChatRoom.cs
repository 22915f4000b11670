namespace WhatsSound.Grains.Rooms;

/// <summary>What the chat asks of its room: the same grain as <see cref="WhatsSound.Rooms.IRoomGrain"/>, by the same key.</summary>
[Alias("ws.IChatRoom"), GrainInterfaceType("ws.IChatRoom")]
internal interface IChatRoom : IGrainWithStringKey
{
    /// <summary>
    /// What a user may do in the chat at this moment. Interleaves with everything: it reads the room as it is, which is replaced as a whole, and what it remembers of the command only tells another command of the
    /// same id apart. Refusals: those of membership and sanctions, and CONFLICT.
    /// </summary>
    [Alias("GetChatStanding"), AlwaysInterleave]
    Task<Answer<ChatStanding>> GetChatStandingAsync(ChatQuestion question);

    /// <summary>Notes for those who keep order that a message was taken back, once for each. Refusals: NOT_READY, TIMEOUT.</summary>
    [Alias("RecordDeletion")]
    Task<Answer<Done>> RecordDeletionAsync(ChatDeletion deletion);
}
