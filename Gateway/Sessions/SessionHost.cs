using WhatsSound.Gateway.Identity;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// The life of sessions, for every door: let in, open, authenticate, end. How many connections may be nobody's and for how long, and what is told to those that
/// come while the gateway goes, is decided here. A session that outlives its socket would be parked in <see cref="EndAsync"/>, and found again in
/// <see cref="Open"/>.
/// </summary>
internal sealed class SessionHost(
    SessionRegistry sessions, SessionEnd end, Strangers strangers, TokenVerifier tokens, OutboxPolicy outboxPolicy, Drain drain)
{
    /// <summary>Whether the gateway goes: a door turns new connections away before it takes them, in the way of its protocol.</summary>
    public bool IsDraining => drain.HasBegun;

    /// <summary>Reads the token that a connection came with, and lets it in. Null: too many are nobody's, and the door says so in its protocol.</summary>
    public async ValueTask<SessionAdmission?> AdmitAsync(string connectionId, string? token)
    {
        var shown = token is null ? null : await tokens.VerifyAsync(token);
        return shown?.Value is not null || strangers.TryEnter(connectionId)
            ? new SessionAdmission(connectionId, shown?.Value, shown?.Refusal, strangers)
            : null;
    }

    /// <summary>Makes a session of a connection whose socket can be written to. From now on it may be told to go.</summary>
    public Session Open(SessionAdmission admission, string door, bool isTls, ISessionSocket socket)
    {
        var session = new Session(admission.ConnectionId, door, isTls, socket, outboxPolicy)
        {
            Identity = admission.Identity,
            TokenRefusal = admission.TokenRefusal,
        };
        sessions.Add(session);
        if (session.Identity is null)
            strangers.GiveTime(session);
        drain.TurnAway(session);
        return session;
    }

    /// <summary>Makes the session somebody's, or renews what it may. Refusals: those of tokens, FORBIDDEN for another user's.</summary>
    public async Task<Answer<AuthenticateResult>> AuthenticateAsync(Session session, string token)
    {
        var answer = await tokens.VerifyAsync(token);
        if (answer.IsRefused)
            return answer.Refusal;
        var identity = answer.Value;
        if (session.Identity is { } known && !string.Equals(known.UserId, identity.UserId, StringComparison.Ordinal))
            return Refusals.Final(RefusalCode.Forbidden, "The connection belongs to another user; open a new one.", "token");
        if (session.Identity is null)
            strangers.Leave(session.Id);
        session.Identity = identity;
        session.TokenRefusal = null;
        return new AuthenticateResult(identity.UserId, identity.DisplayName, identity.ExpiresAt.ToUnixTimeMilliseconds(), session.Id);
    }

    /// <summary>The connection is gone. Does not throw.</summary>
    public Task EndAsync(Session session) => end.EndAsync(session);
}
