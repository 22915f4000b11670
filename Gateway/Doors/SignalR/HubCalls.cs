using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>What every method does before and after its own part: rate, identity, the user's grain; and an answer whatever happens.</summary>
internal sealed class HubCalls(
    SessionRegistry sessions,
    SessionUsers users,
    TokenVerifier tokens,
    IOptions<SessionLimits> options,
    TimeProvider time,
    IClusterClient cluster,
    GatewayMeters meters,
    ILogger<HubCalls> logger)
{
    public async Task<HubReply> RunAsync<T>(
        string connectionId, CallKind kind, JsonElement body, JsonTypeInfo<T> typeInfo, Func<HubCall, Task<Answer<T>>> carryOut)
        where T : class
    {
        try
        {
            if (!sessions.TryFind(connectionId, out var session))
                return Refused(Refusals.Retry(RefusalCode.NotReady, "The connection is closing."));
            if (await AdmitAsync(session, kind, body) is { } refusal)
                return Refused(refusal);
            var answer = await carryOut(new HubCall(session, body, cluster));
            return answer.IsRefused ? Refused(answer.Refusal) : HubReply.Of(answer.Value, typeInfo);
        }
        catch (Exception exception)
        {
            // Nothing crosses the socket as text; the refusal has a trace id where the log has the exception.
            return Refused(CallFailures.Translate(exception, logger));
        }
    }

    /// <summary>Carries out what takes a snapshot of a room, within the limit of those.</summary>
    public Task<Answer<T>> SnapshotAsync<T>(Session session, Func<Task<Answer<T>>> carryOut)
        where T : class =>
        session.TryTakeSnapshot(time, options.Value, out var retryAfter)
            ? carryOut()
            : Task.FromResult<Answer<T>>(Refusals.Retry(RefusalCode.RateLimited, "Too many joins and snapshots.", retryAfter));

    public HubReply Refused(Refusal refusal)
    {
        meters.Refused(refusal.Code);
        return HubReply.Of(refusal);
    }

    private async ValueTask<Refusal?> AdmitAsync(Session session, CallKind kind, JsonElement body)
    {
        var isWithinRate = kind == CallKind.Report
            ? session.TryTakeReport(time, options.Value, out var retryAfter)
            : session.TryTakeCommand(time, options.Value, out retryAfter);
        if (!isWithinRate)
            return Refusals.Retry(RefusalCode.RateLimited, "Too many requests.", retryAfter);
        if (kind == CallKind.Anonymous)
            return session.Identity is { } known ? RefuseUserId(body, known) : null;
        return RefuseIdentity(session) ?? RefuseUserId(body, session.Identity!) ?? await users.ConnectAsync(session);
    }

    private Refusal? RefuseIdentity(Session session)
    {
        if (session.Identity is { } identity)
            return tokens.IsExpired(identity) ? TokenVerifier.Expired() : null;
        return session.TokenRefusal ?? Refusals.Final(RefusalCode.Unauthenticated, "The connection has shown no token yet.");
    }

    private static Refusal? RefuseUserId(JsonElement body, SessionIdentity identity) =>
        !body.TryGetProperty("userId"u8, out var userId)
        || (userId.ValueKind == JsonValueKind.String && userId.ValueEquals(identity.UserId))
            ? null
            : Refusals.Final(RefusalCode.Forbidden, "The request names another user than the connection's.", "userId");
}
