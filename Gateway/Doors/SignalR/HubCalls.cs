using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Requests;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>What every method does before and after its own part: rate, identity, the user's grain; and an answer whatever happens.</summary>
internal sealed class HubCalls(
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
    public async Task RunAsync<T>(HubRequest request, CallKind kind, JsonTypeInfo<T> typeInfo, Func<HubCall, Task<Answer<T>>> carryOut)
        where T : class
    {
        var session = request.Session;
        await session.Outbox.WhenAnswersGoAsync();
        try
        {
            var answer = await AdmitAsync(session, kind, request.Body) is { } refusal ? refusal : await carryOut(new HubCall(session, request.Body, cluster));
            if (answer.IsRefused)
            {
                Refuse(request, answer.Refusal);
                return;
            }

            SessionConduct.WasCarriedOut(session);
            session.Answer(MessageOf(request, Reply.Of(answer.Value, typeInfo)), isDone: true);
        }
        catch (Exception exception)
        {
            // Nothing crosses the socket as text; the refusal has a trace id where the log has the exception.
            Refuse(request, failures.Translate(exception));
        }
    }

    /// <summary>Carries out what takes a snapshot of a room, within the limit of those.</summary>
    public Task<Answer<T>> SnapshotAsync<T>(Session session, Func<Task<Answer<T>>> carryOut)
        where T : class =>
        session.TryTakeSnapshot(time, options.Value, out var retryAfter)
            ? carryOut()
            : Task.FromResult<Answer<T>>(Refusals.Retry(RefusalCode.RateLimited, "Too many joins and snapshots.", retryAfter));

    /// <summary>Answers a request that cannot be made; it counts as any other.</summary>
    public async Task RefuseAsync(HubRequest request, Refusal refusal)
    {
        await request.Session.Outbox.WhenAnswersGoAsync();
        Refuse(request, conduct.Take(request.Session) ?? refusal);
    }

    private void Refuse(HubRequest request, Refusal refusal)
    {
        meters.Refused(refusal.Code);
        request.Session.Answer(MessageOf(request, Reply.Of(refusal)), isDone: false);
        // Behind the answer: it may close the connection.
        conduct.WasRefused(request.Session, refusal);
    }

    private static AnswerMessage? MessageOf(HubRequest request, Reply reply) =>
        request.InvocationId is { } id ? new AnswerMessage(id, reply, request.Session.Format) : null;

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
