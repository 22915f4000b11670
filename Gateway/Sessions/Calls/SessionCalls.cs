using System.Text.Json;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Requests;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>
/// Takes the requests of sessions, for every door: admit, authorise, carry out, and answer through the outbox, whatever happens. A door asks for one of a session
/// at a time, in the order in which they came, and waits: that is also what keeps a client that does not read its answers from asking more.
/// </summary>
internal sealed class SessionCalls(
    CallServices services, SessionUsers users, TokenVerifier tokens, SessionConduct conduct, Strangers strangers, GatewayMeters meters, CallFailures failures)
{
    /// <summary>Takes a request as a JSON object.</summary>
    /// <param name="session">Whose it is.</param>
    /// <param name="reference">By what the client knows it; null: it wants no answer.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="body">Its fields.</param>
    public Task RunAsync(Session session, object? reference, SessionRequest request, JsonElement body) =>
        RunAsync(session, reference, request, session => RefuseUserId(body, session), call => request.RunAsync(call, body));

    /// <summary>Takes a request whose arguments the door has made.</summary>
    /// <inheritdoc cref="RunAsync(Session, object?, SessionRequest, JsonElement)"/>
    public Task RunAsync<TArguments, TResult>(Session session, object? reference, TypedRequest<TArguments, TResult> request, TArguments arguments)
        where TResult : class =>
        RunAsync(session, reference, request, static _ => null, call => request.RunAsync(call, arguments));

    /// <summary>Answers a request that cannot be made; it counts as any other.</summary>
    public async Task RefuseAsync(Session session, object? reference, Refusal refusal)
    {
        await session.Outbox.WhenAnswersGoAsync();
        Refuse(session, reference, conduct.Take(session) ?? refusal);
    }

    private async Task RunAsync(Session session, object? reference, SessionRequest request, Func<Session, Refusal?> refuse, Func<Call, Task<Reply>> run)
    {
        var call = new Call(session, services);
        await session.Outbox.WhenAnswersGoAsync();
        meters.Requested(session.Door, request.Name);
        try
        {
            var reply = await AdmitAsync(session, request.Kind, refuse) is { } refusal ? Reply.Of(refusal) : await run(call);
            if (reply.Refusal is not null)
            {
                Refuse(session, reference, reply.Refusal);
                return;
            }

            SessionConduct.WasCarriedOut(session);
            session.Answer(MessageOf(session, reference, reply), isDone: true);
        }
        catch (Exception exception)
        {
            // Nothing crosses the socket as text; the refusal has a trace id where the log has the exception.
            Refuse(session, reference, failures.Translate(exception, session.HasEnded));
        }
    }

    private void Refuse(Session session, object? reference, Refusal refusal)
    {
        meters.Refused(session.Door, refusal.Code);
        session.Answer(MessageOf(session, reference, Reply.Of(refusal)), isDone: false);
        // Behind the answer: it may close the connection.
        conduct.WasRefused(session, refusal);
    }

    private static AnswerMessage? MessageOf(Session session, object? reference, Reply reply) =>
        reference is null ? null : new AnswerMessage(reference, reply, session.Format);

    private async ValueTask<Refusal?> AdmitAsync(Session session, CallKind kind, Func<Session, Refusal?> refuse)
    {
        if (conduct.Take(session, isReport: kind == CallKind.Report) is { } tooMany)
            return tooMany;
        if (kind == CallKind.Anonymous)
            return refuse(session);
        if (kind == CallKind.Leave && session.Identity is not null)
            return refuse(session);
        return RefuseIdentity(session) ?? refuse(session) ?? await ConnectAsync(session);
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

    /// <summary>Nothing is trusted because a client said so: a user id in a request must be the session's.</summary>
    private static Refusal? RefuseUserId(JsonElement body, Session session) =>
        session.Identity is not { } identity
        || !body.TryGetProperty("userId"u8, out var userId)
        || (userId.ValueKind == JsonValueKind.String && JsonText.TryRead(userId, out var text) && string.Equals(text, identity.UserId, StringComparison.Ordinal))
            ? null
            : Refusals.Final(RefusalCode.Forbidden, "The request names another user than the connection's.", "userId");
}
