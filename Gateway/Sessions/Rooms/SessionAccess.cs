using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// Access is checked where a session attaches, and again when its identity changes: what the identity of now does not allow ends before the change is answered, and
/// the session is told.
/// </summary>
internal sealed class SessionAccess(SessionChannels channels, SessionRooms rooms)
{
    /// <summary>Who does not take it within this time is cut: with the time in which it is heard that a token was revoked, less than 2 s.</summary>
    private static readonly TimeSpan CutAfter = TimeSpan.FromSeconds(1);

    /// <summary>With another token it may come back, and with this one it would be sent away again.</summary>
    private static readonly ClosingMessage Revoked = new(new SessionClosing(RefusalCode.TokenRevoked, ReconnectAfterMs: null), mayReconnect: false);

    /// <summary>
    /// The token counts no more, nor what it gave: nothing goes to the session from here on but the goodbye, what waited for its socket neither, and it is out of its rooms and of presence as one who has left. Idempotent. Does not
    /// throw.
    /// </summary>
    public Task RevokeAsync(Session session)
    {
        if (session.Outbox.Goodbye is { MayReconnect: false })
            return Task.CompletedTask;
        session.Outbox.Close(Revoked, CutAfter);
        return Task.WhenAll(
        [
            .. session.Rooms.ToArray().Select(roomId => rooms.Stays.RemoveAsync(session, roomId)),
            .. session.Attachments.Select(attachment => channels.DetachAsync(session, attachment, RefusalCode.TokenRevoked)),
        ]);
    }

    /// <summary>Does not throw: delivery ends here and at once, and presence with a renewal at the latest.</summary>
    public Task CheckAsync(Session session)
    {
        var ending = new List<Task>();
        foreach (var roomId in session.Rooms.ToArray())
        {
            if (rooms.RefuseAccess(session, roomId) is not null)
                ending.Add(rooms.Stays.RemoveAsync(session, roomId));
        }

        foreach (var attachment in session.Attachments)
        {
            var channel = attachment.Feed.Channel;
            if (Refuse(session, attachment) is { } refusal)
                ending.Add(channels.DetachAsync(session, attachment, refusal.Code));
            else if (channels.Access.RefuseAccess(session, channel, Capability.Presence) is not null)
                ending.Add(channels.Presence.LeaveAsync(session, channel));
        }

        return Task.WhenAll(ending);
    }

    /// <summary>What was new with a request that is still under way is looked at by that: who joins a room has its channels before it is in it.</summary>
    private Refusal? Refuse(Session session, ChannelAttachment attachment) => attachment.Hold is { Before: null }
        ? channels.Access.RefuseAccess(session, attachment.Feed.Channel, Capability.Subscribe)
        : channels.Access.RefuseUse(session, attachment.Feed.Channel, Capability.Subscribe);
}
