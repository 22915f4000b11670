using WhatsSound.Gateway.Delivery;
using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// How sessions enter and leave channels' presence: every entry and exit is numbered, and under way until its outcome is known, or as good as that.
/// </summary>
internal sealed class SessionPresence(PresenceExits exits, PresenceLedger ledger, GatewayIdentity gateway)
{
    /// <summary>
    /// What is to be entered for a session, numbered: its name is the token's, whatever the info says. <see cref="EndEnterAsync"/> or
    /// <see cref="UndoEnterAsync"/> must follow.
    /// </summary>
    public PresenceEntry BeginEnter(Session session, string channel, Payload info) => ledger.Enter(channel, new()
    {
        UserId = session.Identity!.UserId,
        ConnectionId = session.Id,
        SessionId = session.StableId == session.Id ? null : session.StableId,
        GatewayId = gateway.Id,
        Info = info,
        DisplayName = session.Identity.DisplayName,
    });

    /// <summary>The entry was answered. A session that has ended meanwhile is taken out again.</summary>
    public async Task EndEnterAsync(Session session, string channel, PresenceEntry entry, Refusal? refusal)
    {
        if (refusal is { Retryable: true } || session.HasEnded)
            await UndoEnterAsync(session, channel, entry);
        else if (refusal is not null)
            ledger.NotEntered(channel, entry);
        else
            ledger.Entered(channel, entry);
    }

    /// <summary>
    /// Nobody knows whether the connection got in: one that was not in presence before leaves as one who was lost. Does not throw.
    /// </summary>
    public Task UndoEnterAsync(Session session, string channel, PresenceEntry entry) =>
        ledger.MaybeEntered(channel, entry) is { } exit ? TellAsync(session, channel, exit) : Task.CompletedTask;

    /// <summary>
    /// Takes the connection off what this gateway says is in presence: a renewal that passes by a leave does not bring it back. Null: it is not in presence.
    /// <see cref="EndLeaveAsync"/> must follow.
    /// </summary>
    public PresenceExit? BeginLeave(Session session, string channel) => ledger.Exit(channel, session.Id, isAbrupt: false);

    /// <summary>The leave was answered, or failed: then the channel is told from here. Does not throw.</summary>
    public Task EndLeaveAsync(Session session, string channel, PresenceExit exit, bool isDone)
    {
        if (!isDone)
            return TellAsync(session, channel, exit);
        ledger.Exited(channel, exit);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Leaves on purpose, if the session is in presence. It is off what this gateway says at once; whoever waits does so for the channel to know, as long as the request under way may take, which a channel that cannot be
    /// told holds up no longer: it is told by a renewal then. Does not throw.
    /// </summary>
    public Task LeaveAsync(Session session, string channel) => BeginLeave(session, channel) is { } exit ? TellAsync(session, channel, exit) : Task.CompletedTask;

    /// <summary>
    /// The session is gone: it leaves as one who was lost, or said goodbye, if it is in presence. It is off what this gateway says at once, and whoever waits does so until the channel knows, or will by a renewal.
    /// Does not throw.
    /// </summary>
    public Task LoseAsync(Session session, string channel) =>
        ledger.Exit(channel, session.Id, isAbrupt: true) is { } exit ? exits.TellAsync(channel, exit with { SaidGoodbye = session.HasLeftInOrder }) : Task.CompletedTask;

    private async Task TellAsync(Session session, string channel, PresenceExit exit) =>
        await exits.TellAsync(channel, exit).WaitAsync(session.GivenUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
