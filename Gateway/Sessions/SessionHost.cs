using System.Globalization;
using System.Net;
using WhatsSound.Gateway.Identity;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// The life of sessions, for every door: let in, open, authenticate, end. How many connections there may be, how many that are nobody's and for how long, and what is told to those that
/// come while the gateway goes, is decided here. A session that outlives its socket would be parked in <see cref="EndAsync"/>, and found again in
/// <see cref="Open"/>.
/// </summary>
internal sealed class SessionHost(
    SessionRegistry sessions,
    SessionEnd end,
    SessionAccess access,
    Strangers strangers,
    ConnectionCounts counts,
    TokenVerifier tokens,
    OutboxPolicy outboxPolicy,
    Drain drain,
    GatewayIdentity gateway)
{
    private long _idsMade;

    /// <summary>Whether the gateway goes: a door turns new connections away before it takes them, in the way of its protocol.</summary>
    public bool IsDraining => drain.HasBegun;

    /// <summary>An id for a connection of a door that makes none: unique over all gateways.</summary>
    public string NewConnectionId() => string.Create(CultureInfo.InvariantCulture, $"{gateway.Id:N}-{Interlocked.Increment(ref _idsMade)}");

    /// <summary>
    /// Reads the token that a connection came with, and lets it in. A refusal, CONNECTION_LIMIT, where there are too many, or too many that are nobody's: the door says
    /// so in its protocol.
    /// </summary>
    /// <param name="connectionId">Unique over all gateways.</param>
    /// <param name="address">Where it comes from, as far as is known.</param>
    /// <param name="token">What it has shown; null: nothing.</param>
    public async ValueTask<Answer<SessionAdmission>> AdmitAsync(string connectionId, IPAddress? address, string? token)
    {
        if (counts.TryEnter(AddressKey.Of(address), out var counted) is { } refusal)
            return refusal;
        SessionAdmission? admission = null;
        try
        {
            var shown = token is null ? null : await tokens.VerifyAsync(token);
            if (shown?.Value is null && !strangers.TryEnter(connectionId))
                return Refusals.Retry(RefusalCode.ConnectionLimit, "Too many connections without a token.");
            return admission = new SessionAdmission(connectionId, shown?.Value, shown?.Refusal, counted!, counts, strangers);
        }
        finally
        {
            if (admission is null)
                counts.Leave(counted!);
        }
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

    /// <summary>Makes the session somebody's, or renews what it may; what it may no more ends. Refusals: those of tokens, FORBIDDEN for another user's.</summary>
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
        await access.CheckAsync(session);
        return new AuthenticateResult(identity.UserId, identity.DisplayName, identity.ExpiresAt.ToUnixTimeMilliseconds(), session.Id);
    }

    /// <summary>The connection is gone. Does not throw.</summary>
    public Task EndAsync(Session session) => end.EndAsync(session);
}
