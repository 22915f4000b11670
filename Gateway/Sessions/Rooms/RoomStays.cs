using WhatsSound.Gateway.Identity;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Sessions;

/// <summary>How the stay of a session in a room ends, whoever ends it.</summary>
internal sealed class RoomStays(SessionChannels channels)
{
    /// <summary>Takes a session out of a room that it has not left, and says so of each channel. Does not throw.</summary>
    /// <param name="session">Who goes.</param>
    /// <param name="roomId">From where.</param>
    /// <param name="code">Why; null: as a subscription would be refused.</param>
    public Task RemoveAsync(Session session, string roomId, string? code = null) => Task.WhenAll(
        EndAsync(session, roomId, isTold: true, code: code),
        channels.Presence.LeaveAsync(session, RoomId.KeyOf(roomId)));

    /// <summary>The room knows nothing of the session and does not let it in: whatever it had of the room ends. The answer says so. Does not throw.</summary>
    public Task ForgetAsync(Session session, string roomId) => Task.WhenAll(
        EndAsync(session, roomId),
        channels.Presence.LeaveAsync(session, RoomId.KeyOf(roomId)));

    /// <summary>
    /// What was said of the user while they joined was said to nobody: the session was not in the room yet, and what tells of it may be in the answer. Null: nothing was.
    /// </summary>
    public async Task<Refusal?> DismissAsync(Session session, string roomId, long joinedAt)
    {
        if (channels.Dismissals.Find(roomId, session.Identity!.UserId, joinedAt) is not { } dismissal)
            return null;
        await ForgetAsync(session, roomId);
        return Refusals.Final(dismissal.Code, "You were sent out of this room.");
    }

    /// <summary>The session is not to be in the room, and has not left it: whatever it had of the room ends, and it leaves presence as one who was lost, with the grace of one. Does not throw.</summary>
    public Task LoseAsync(Session session, string roomId) => Task.WhenAll(
        EndAsync(session, roomId),
        channels.Presence.LoseAsync(session, RoomId.KeyOf(roomId)));

    /// <summary>
    /// The only way out of a room, but for its own presence: ends its four channels, which came with the room, and what the room manages beneath it, which the session has asked for itself and
    /// is told of. What a deployment has freed of rooms is no part of the stay. Does not throw.
    /// </summary>
    /// <param name="session">Who goes.</param>
    /// <param name="roomId">From where.</param>
    /// <param name="isTold">Whether it is told of the four as well: it does not know that it goes.</param>
    /// <param name="keep">Which of the four it keeps: it had them before.</param>
    /// <param name="code">Why, as it is told; null: as a subscription would be refused.</param>
    public Task EndAsync(Session session, string roomId, bool isTold = false, IReadOnlyList<string>? keep = null, string? code = null)
    {
        session.RemoveRoom(roomId);
        var own = RoomId.ChannelsOf(roomId);
        var leaving = new List<Task>();
        foreach (var attachment in session.Attachments)
        {
            var channel = attachment.Feed.Channel;
            var isOwn = own.Contains(channel, StringComparer.Ordinal);
            if (isOwn ? keep?.Contains(channel, StringComparer.Ordinal) == true : !channels.Access.IsManagedBy(roomId, channel))
                continue;
            if (isOwn && !isTold)
                SessionChannels.Detach(session, attachment);
            else
                leaving.Add(channels.DetachAsync(session, attachment, code ?? channels.Access.RefuseUse(session, channel, Capability.Subscribe)?.Code ?? RefusalCode.NotMember));
        }

        return Task.WhenAll(leaving);
    }
}
