using WhatsSound.Gateway.Identity;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// Access is checked where a session attaches, and again when its identity changes: what the identity of now does not allow ends before the change is answered, and
/// the session is told.
/// </summary>
internal sealed class SessionAccess(SessionChannels channels, SessionRooms rooms)
{
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
            if (channels.Access.RefuseAccess(session, channel, Capability.Subscribe) is { } refusal)
                ending.Add(channels.DetachAsync(session, attachment, refusal.Code));
            else if (channels.Access.RefuseAccess(session, channel, Capability.Presence) is not null)
                ending.Add(channels.Presence.LeaveAsync(session, channel));
        }

        return Task.WhenAll(ending);
    }
}
