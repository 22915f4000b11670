using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// How sessions enter and leave channels' presence: every entry and exit is numbered, and under way until its outcome is known, or as good as that.
/// </summary>
internal sealed class SessionPresence(
    IClusterClient cluster, PresenceLedger ledger, GatewayIdentity gateway, DeliveryOptions options, TimeProvider time, ILogger logger)
{
    private const int LeaveAttemptsMax = 3;

    /// <summary>
    /// What is to be entered for a session, numbered: its name is the token's, whatever the info says. <see cref="EndEnterAsync"/> or
    /// <see cref="UndoEnterAsync"/> must follow.
    /// </summary>
    public PresenceEntry BeginEnter(Session session, string channel, Payload info) => ledger.Enter(channel, new()
    {
        UserId = session.Identity!.UserId,
        ConnectionId = session.Id,
        GatewayId = gateway.Id,
        Info = info,
        DisplayName = session.Identity.DisplayName,
    });

    /// <summary>The entry was answered. A session that has ended meanwhile is taken out again.</summary>
    public async Task EndEnterAsync(Session session, string channel, PresenceEntry entry, Refusal? refusal)
    {
        if (refusal is { Retryable: true } || session.HasEnded)
            await UndoEnterAsync(channel, entry);
        else if (refusal is not null)
            ledger.NotEntered(channel, entry);
        else
            ledger.Entered(channel, entry);
    }

    /// <summary>
    /// Nobody knows whether the connection got in: one that was not in presence before leaves as one who was lost. Does not throw.
    /// </summary>
    public async Task UndoEnterAsync(string channel, PresenceEntry entry)
    {
        if (ledger.MaybeEntered(channel, entry) is { } exit)
            await TryExitAsync(channel, exit);
    }

    /// <summary>
    /// Takes the connection off what this gateway says is in presence: a renewal that passes by a leave does not bring it back. Null: it is not in presence.
    /// <see cref="EndLeaveAsync"/> must follow.
    /// </summary>
    public PresenceExit? BeginLeave(Session session, string channel) => ledger.Exit(channel, session.Id, isAbrupt: false);

    /// <summary>The leave was answered, or failed: then the channel is told from here. Does not throw.</summary>
    public async Task EndLeaveAsync(string channel, PresenceExit exit, bool isDone)
    {
        if (isDone)
            ledger.Exited(channel, exit);
        else
            await TryExitAsync(channel, exit);
    }

    /// <summary>Leaves, if the session is in presence; throws if the channel cannot be told.</summary>
    public async Task LeaveAsync(Session session, string channel, bool isAbrupt)
    {
        if (ledger.Exit(channel, session.Id, isAbrupt) is { } exit)
            await ExitAsync(channel, exit);
    }

    /// <summary>As <see cref="LeaveAsync"/>, on purpose. Does not throw: where the channel cannot be told now, it is with the next renewal.</summary>
    public async Task TryLeaveAsync(Session session, string channel)
    {
        if (BeginLeave(session, channel) is { } exit)
            await TryExitAsync(channel, exit);
    }

    private async Task TryExitAsync(string channel, PresenceExit exit)
    {
        try
        {
            await ExitAsync(channel, exit);
        }
        catch (Exception exception)
        {
            // The next renewal does not name it.
            SessionLog.LeaveFailed(logger, exception, channel);
        }
    }

    private async Task ExitAsync(string channel, PresenceExit exit)
    {
        try
        {
            await CallExitAsync(channel, exit);
        }
        finally
        {
            ledger.Exited(channel, exit);
        }
    }

    private async Task CallExitAsync(string channel, PresenceExit exit)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await cluster.GetChannel(channel).LeaveAsync(exit).WaitAsync(options.CallTimeout, time);
                return;
            }
            catch (Exception exception) when (attempt < LeaveAttemptsMax)
            {
                // The channel may be moving; until it knows, the member is shown.
                SessionLog.LeaveFailed(logger, exception, channel);
            }
        }
    }
}
