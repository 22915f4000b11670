namespace WhatsSound.Gateway.Sessions;

/// <summary>What is done when a connection is gone.</summary>
internal sealed class SessionEnd(SessionRegistry sessions, SessionChannels channels, SessionParking parking, ILogger<SessionEnd> logger)
{
    public async Task EndAsync(Session session)
    {
        sessions.Remove(session);
        // First, and meanwhile: its client may be looking for it.
        var parked = parking.EndAsync(session);
        try
        {
            await channels.EndAsync(session.End());
        }
        catch (Exception exception)
        {
            // A bug: a channel that cannot be told is none, and its next renewal does not name the connection. The socket is gone in any case.
            SessionLog.EndFailed(logger, exception);
        }

        await parked;
    }
}
