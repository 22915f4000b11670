using System.Globalization;
using System.Net;
using WhatsSound.Gateway.Application;
using WhatsSound.Gateway.Identity;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// The life of sessions, for every door: let in, open, authenticate, end. How many connections there may be, how many that are nobody's and for how long, and what is told to those that
/// come while the gateway goes, is decided here. A session may outlive its connection: <see cref="EndAsync"/> parks it, and <see cref="ResumeAsync"/> goes on with it.
/// </summary>
internal sealed class SessionHost(
    SessionRegistry sessions,
    SessionEnd end,
    SessionAccess access,
    SessionResume resume,
    SessionUsers users,
    Strangers strangers,
    AnonymousSessions anonymous,
    ConnectionCounts counts,
    Allowances allowances,
    TokenVerifier tokens,
    TokenAdmission admissions,
    OutboxPolicy outboxPolicy,
    Drain drain,
    GatewayIdentity gateway)
{
    private long _idsMade;

    /// <summary>Whether the gateway goes: a door turns new connections away before it takes them, in the way of its protocol.</summary>
    public bool IsDraining => drain.HasBegun;

    /// <summary>An id for a connection: unique over all gateways, and no secret, as others are shown it.</summary>
    public string NewConnectionId() => string.Create(CultureInfo.InvariantCulture, $"{gateway.Id:N}-{Interlocked.Increment(ref _idsMade)}");

    /// <summary>
    /// Reads the token that a connection came with, and lets it in. Refusals: CONNECTION_LIMIT where there are too many, or too many that are nobody's, and RATE_LIMITED where they come too fast
    /// from one address. The door says so in its protocol.
    /// </summary>
    /// <param name="connectionId">Unique over all gateways.</param>
    /// <param name="address">Where it comes from, as far as is known.</param>
    /// <param name="token">What it has shown; null: nothing.</param>
    /// <param name="isCounted">Whether the connect was counted before, by <see cref="CountConnect"/>.</param>
    public async ValueTask<Answer<SessionAdmission>> AdmitAsync(string connectionId, IPAddress? address, string? token, bool isCounted = false)
    {
        if (counts.TryEnter(AddressKey.Of(address), out var counted) is { } refusal)
            return refusal;
        SessionAdmission? admission = null;
        try
        {
            if (!isCounted && allowances.TakeConnect(counted!.Key) is { } tooFast)
                return tooFast;
            var shown = token is null ? null : await admissions.VerifyAsync(connectionId, token, CancellationToken.None);
            var isNobodys = shown?.Value is not SessionIdentity;
            var isAnonymous = isNobodys && shown?.Refusal is null && anonymous.TryEnter(connectionId, counted!.Key);
            if (isNobodys && !isAnonymous && !strangers.TryEnter(connectionId, counted!.Key))
                return Refusals.Retry(RefusalCode.ConnectionLimit, "Too many connections without a token.");
            return admission = new SessionAdmission(connectionId, token, shown, isAnonymous, counted!, counts, strangers, anonymous);
        }
        finally
        {
            if (admission is null)
                counts.Leave(counted!);
        }
    }

    /// <summary>Counts a connect that begins with a request of its own, which makes something that waits for the connection. Null, or RATE_LIMITED.</summary>
    public Refusal? CountConnect(IPAddress? address) => allowances.TakeConnect(AddressKey.Of(address));

    /// <summary>Makes a session of a connection whose socket can be written to. From now on it may be told to go.</summary>
    public Session Open(SessionAdmission admission, string door, bool isTls, ISessionSocket socket)
    {
        var session = new Session(admission.ConnectionId, door, isTls, socket, outboxPolicy)
        {
            AddressKey = admission.AddressKey,
            Grant = admission.Grant,
            TokenRefusal = admission.TokenRefusal,
            UnreadToken = admission.UnreadToken,
            IsAnonymous = admission.IsAnonymous,
        };
        sessions.Add(session);
        LookAgain(session);
        if (session.Identity is null && !session.IsAnonymous)
            strangers.GiveTime(session);
        drain.TurnAway(session);
        if (session.Identity is not null && !drain.HasBegun)
            users.Count(session);
        return session;
    }

    /// <summary>
    /// Makes the session somebody's, or renews what it may; what it may no more ends. Refusals: those of tokens, FORBIDDEN for another user's; for a token without a user UNAUTHENTICATED where
    /// there is nothing for it, and CONNECTION_LIMIT where there are too many such connections.
    /// </summary>
    public async Task<Answer<AuthenticateResult>> AuthenticateAsync(Session session, string token)
    {
        var answer = await admissions.VerifyAsync(session.Id, token, CancellationToken.None);
        if (answer.IsRefused)
            return answer.Refusal;
        var identity = answer.Value as SessionIdentity;
        if (session.Identity is { } known && !string.Equals(known.UserId, identity?.UserId, StringComparison.Ordinal))
            return Refusals.Final(RefusalCode.Forbidden, "The connection belongs to another user; open a new one.", "token");
        if (identity is null && BecomeAnonymous(session) is { } refusal)
            return refusal;
        if (identity is not null && session.Identity is null)
            BecomeSomebodys(session);
        session.Grant = answer.Value;
        (session.TokenRefusal, session.UnreadToken) = (null, null);
        if (identity is not null && !session.IsConnectedToUser)
            users.Count(session);
        await access.CheckAsync(session);
        if (LookAgain(session) is { } revoked)
            return revoked;
        return new AuthenticateResult(identity?.UserId ?? "", identity?.DisplayName, answer.Value.ExpiresAt.ToUnixTimeMilliseconds(), session.StableId);
    }

    /// <summary>
    /// Whoever revokes goes over the sessions after it is known here, and this one has its token by now: one of the two sees the other. A token that was revoked while it was looked at ends the session.
    /// </summary>
    private Refusal? LookAgain(Session session)
    {
        Interlocked.MemoryBarrier();
        if (session.Grant is not { } grant || tokens.RefuseRevoked(grant) is not { Retryable: false } refusal)
            return null;
        _ = access.RevokeAsync(session);
        return refusal;
    }

    /// <summary>Tries the token again that the connection came with, where it could not be verified for want of its key: its client does not know that, and shows no other.</summary>
    public async ValueTask ReadAgainAsync(Session session)
    {
        if (session.UnreadToken is not { } token || (await AuthenticateAsync(session, token)).Refusal is not { } refusal)
            return;
        session.TokenRefusal = refusal;
        if (!refusal.Retryable)
            session.UnreadToken = null;
    }

    private void BecomeSomebodys(Session session)
    {
        strangers.Leave(session.Id);
        anonymous.Leave(session.Id);
        session.IsAnonymous = false;
    }

    private Refusal? BecomeAnonymous(Session session)
    {
        if (session.IsAnonymous)
            return null;
        if (!anonymous.IsAny)
            return Refusals.Final(RefusalCode.Unauthenticated, "The token names no user, and there is nothing for connections without one.");
        if (!anonymous.TryEnter(session.Id, session.AddressKey))
            return anonymous.TooMany();
        session.IsAnonymous = true;
        strangers.Leave(session.Id);
        // It may have gone while this was done.
        if (!sessions.TryFind(session.Id, out _))
            anonymous.Leave(session.Id);
        return null;
    }

    /// <inheritdoc cref="SessionResume.OfferAsync"/>
    public Task<Answer<SessionResumed>> OfferAsync(Session session) => resume.OfferAsync(session);

    /// <inheritdoc cref="SessionResume.ResumeAsync"/>
    public Task<Answer<SessionResumed>> ResumeAsync(Session session, string sessionId, string key, ResumeFrom from) => resume.ResumeAsync(session, sessionId, key, from);

    /// <summary>The connection is gone. What its session had is kept for a while, if it can be resumed and neither side has said goodbye. Does not throw.</summary>
    public Task EndAsync(Session session) => end.EndAsync(session);
}
