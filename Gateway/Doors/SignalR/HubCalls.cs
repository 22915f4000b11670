using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Requests;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>What every method does before and after its own part: rate, identity, the user's grain; and an answer whatever happens.</summary>
internal sealed class HubCalls(
    SessionRegistry sessions,
    SessionUsers users,
    TokenVerifier tokens,
    SessionConduct conduct,
    Strangers strangers,
    IOptions<SessionLimits> options,
    TimeProvider time,
    IClusterClient cluster,
    GatewayMeters meters,
    CallFailures failures)
{
    private static readonly Refusal Gone = Refusals.Retry(RefusalCode.NotReady, "The connection is closing.");

    public async Task<HubReply> RunAsync<T>(
        string connectionId, CallKind kind, JsonElement body, JsonTypeInfo<T> typeInfo, Func<HubCall, Task<Answer<T>>> carryOut)
        where T : class
    {
        if (!sessions.TryFind(connectionId, out var session))
            return Refused(Gone);
        try
        {
            if (await AdmitAsync(session, kind, body) is { } refusal)
                return Refused(session, refusal);
            var answer = await carryOut(new HubCall(session, body, cluster));
            if (answer.IsRefused)
                return Refused(session, answer.Refusal);
            SessionConduct.WasCarriedOut(session);
            return HubReply.Of(answer.Value, typeInfo);
        }
        catch (Exception exception)
        {
            // Nothing crosses the socket as text; the refusal has a trace id where the log has the exception. It is not the client's doing.
            return Refused(failures.Translate(exception, session.HasEnded));
        }
    }

    /// <summary>Carries out what takes a snapshot of a room, within the limit of those.</summary>
    public Task<Answer<T>> SnapshotAsync<T>(Session session, Func<Task<Answer<T>>> carryOut)
        where T : class =>
        session.TryTakeSnapshot(time, options.Value, out var retryAfter)
            ? carryOut()
            : Task.FromResult<Answer<T>>(Refusals.Retry(RefusalCode.RateLimited, "Too many joins and snapshots.", retryAfter));

    /// <summary>Answers a request that cannot be made; it counts as any other.</summary>
    public HubReply Refuse(string connectionId, Refusal refusal) =>
        sessions.TryFind(connectionId, out var session) ? Refused(session, conduct.Take(session) ?? refusal) : Refused(Gone);

    private HubReply Refused(Session session, Refusal refusal)
    {
        conduct.WasRefused(session, refusal);
        return Refused(refusal);
    }

    private HubReply Refused(Refusal refusal)
    {
        meters.Refused(refusal.Code);
        return HubReply.Of(refusal);
    }

    private async ValueTask<Refusal?> AdmitAsync(Session session, CallKind kind, JsonElement body)
    {
        if (conduct.Take(session, isReport: kind == CallKind.Report) is { } tooMany)
            return tooMany;
        if (kind == CallKind.Anonymous)
            return session.Identity is { } known ? RefuseUserId(body, known) : null;
        return RefuseIdentity(session) ?? RefuseUserId(body, session.Identity!) ?? await ConnectAsync(session);
    }

    private async ValueTask<Refusal?> ConnectAsync(Session session)
    {
        var refusal = await users.ConnectAsync(session);
        if (refusal is not null)
            strangers.Refuse(session, refusal);
        return refusal;
    }

    private Refusal? RefuseIdentity(Session session)
    {
        if (session.Identity is { } identity)
            return tokens.IsExpired(identity) ? TokenVerifier.Expired() : null;
        return session.TokenRefusal ?? Refusals.Final(RefusalCode.Unauthenticated, "The connection has shown no token yet.");
    }

    private static Refusal? RefuseUserId(JsonElement body, SessionIdentity identity) =>
        !body.TryGetProperty("userId"u8, out var userId)
        || (userId.ValueKind == JsonValueKind.String && JsonText.TryRead(userId, out var text) && string.Equals(text, identity.UserId, StringComparison.Ordinal))
            ? null
            : Refusals.Final(RefusalCode.Forbidden, "The request names another user than the connection's.", "userId");
}
