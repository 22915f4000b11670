using WhatsSound.Gateway.Delivery;

namespace WhatsSound.Gateway.Sessions;

/// <summary>Takes the sessions of whoever was sent out of a room out of it, as soon as a feed has seen it.</summary>
internal sealed class DismissalLoop(FeedRegistry feeds, SessionRegistry sessions, SessionRooms rooms, ILogger<DismissalLoop> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var dismissal in feeds.Dismissals.Heard.ReadAllAsync(stoppingToken))
        {
            try
            {
                Dismiss(dismissal);
            }
            catch (Exception exception)
            {
                // A bug: the room says it again.
                feeds.Dismissals.Forget(dismissal);
                SessionLog.DismissFailed(logger, exception);
            }
        }
    }

    /// <summary>A session that has joined since is not meant, and one that is joining looks by itself.</summary>
    private void Dismiss(Dismissal dismissal)
    {
        foreach (var session in sessions.All)
        {
            // It is out of the room when this returns. The channels that are to be told of it are told in their turn: the next to be sent out is not to wait for that.
            if ((dismissal.UserId is null || string.Equals(session.Identity?.UserId, dismissal.UserId, StringComparison.Ordinal)) && session.JoinedAt(dismissal.RoomId) < dismissal.Revision)
                _ = rooms.Stays.RemoveAsync(session, dismissal.RoomId, dismissal.Code);
        }
    }
}
