namespace WhatsSound.Gateway.Sessions;

/// <summary>What is done when a connection is gone.</summary>
internal sealed class SessionEnd(SessionRegistry sessions, SessionChannels channels, SessionUsers users, ILogger<SessionEnd> logger)
{
    public async Task EndAsync(Session session)
    {
        sessions.Remove(session);
        try
        {
            await channels.EndAsync(session.End());
        }
        catch (Exception exception)
        {
            // The socket is gone in any case. What a channel was not told ends when this gateway's lease does.
            SessionLog.EndFailed(logger, exception);
        }

        await users.DisconnectAsync(session);
    }
}
