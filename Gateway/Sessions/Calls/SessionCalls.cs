using System.Text.Json;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>
/// Takes the requests of sessions, for every door: one of a session after another, in the order in which they came; admit, authorise, carry out in time, and answer through the outbox, whatever happens. A door waits
/// for each: that is what keeps a client that does not read its answers from asking more.
/// </summary>
internal sealed class SessionCalls(
    CallServices services, SessionUsers users, TokenVerifier tokens, SessionConduct conduct, GatewayMeters meters, CallFailures failures)
{
    /// <summary>Takes a request as a JSON object.</summary>
    /// <param name="session">Whose it is.</param>
    /// <param name="reference">By what the client knows it; null: it wants no answer.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="body">Its fields.</param>
    /// <param name="isCounted">Whether the door has counted it before it read the body, by <see cref="SessionConduct.Take"/>.</param>
    public Task RunAsync(Session session, object? reference, SessionRequest request, JsonElement body, bool isCounted = false) =>
        RunAsync(session, reference, request, session => SessionRequest.RefuseUserId(body, session), call => request.RunAsync(call, body), isCounted);

    /// <summary>Takes a request whose arguments the door has made.</summary>
    /// <inheritdoc cref="RunAsync(Session, object?, SessionRequest, JsonElement, bool)"/>
    public Task RunAsync<TArguments, TResult>(Session session, object? reference, TypedRequest<TArguments, TResult> request, TArguments arguments)
        where TResult : class =>
        RunAsync(session, reference, request, static _ => null, call => request.RunAsync(call, arguments));

    /// <summary>Answers a request that cannot be made; it counts as any other.</summary>
    public async Task RefuseAsync(Session session, object? reference, Refusal refusal, bool isCounted = false)
    {
        await session.Turns.EnterAsync();
        try
        {
            await session.Outbox.WhenAnswersGoAsync();
            Refuse(session, reference, (isCounted ? null : conduct.Take(session)) ?? refusal);
        }
        finally
        {
            session.Turns.Leave();
        }
    }

    private async Task RunAsync(
        Session session, object? reference, SessionRequest request, Func<Session, Refusal?> refuse, Func<Call, Task<Reply>> run, bool isCounted = false)
    {
        var call = new Call(session, services);
        await session.Turns.EnterAsync();
        try
        {
            await session.Outbox.WhenAnswersGoAsync();
            // Gone, or told to go for good, maybe while it waited: it gets no answer, and what it asks for is not done behind the back of whoever took its place.
            if (session.HasEnded || session.Outbox.Goodbye is { MayReconnect: false })
                return;
            session.Turns.Begin();
            meters.Requested(session.Door, request.Name);
            var (reply, message) = await CarryOutAsync(call, reference, request, refuse, run, isCounted);
            if (reply.Refusal is { } refusal)
                Refuse(session, reference, refusal);
            else
                Answer(session, message, isDone: true);
        }
        finally
        {
            session.Turns.Leave();
        }
    }

    private async Task<(Reply Reply, AnswerMessage? Message)> CarryOutAsync(
        Call call, object? reference, SessionRequest request, Func<Session, Refusal?> refuse, Func<Call, Task<Reply>> run, bool isCounted)
    {
        var session = call.Session;
        try
        {
            var reply = await AdmitAsync(session, request, refuse, isCounted) is { } refusal ? Reply.Of(refusal) : await session.Turns.InTimeAsync(run(call));
            if (reply.Refusal is not null)
            {
                Pay(session, answerBytes: 0);
                return (reply, null);
            }

            SessionConduct.WasCarriedOut(session);
            var message = MessageOf(session, reference, reply);
            // Who wants no answer has it read as well.
            var read = message ?? (request.IsRead ? new AnswerMessage("", reply, session.Format) : null);
            Pay(session, read?.BytesEstimate ?? 0);
            return (reply, message);
        }
        catch (Exception exception)
        {
            Pay(session, answerBytes: 0);
            // Nothing crosses the socket as text; the refusal has a trace id where the log has the exception.
            return (Reply.Of(failures.Translate(exception, session.HasEnded, session.Turns.IsLate)), null);
        }
    }

    /// <summary>What was read counts, also where a filter left nothing of it, or the answer is a refusal: it is most of what an answer costs.</summary>
    private void Pay(Session session, int answerBytes) => services.Allowances.HasRead(session, Math.Max(answerBytes, session.TakeBytesRead()));

    private void Refuse(Session session, object? reference, Refusal refusal)
    {
        meters.Refused(session.Door, refusal.Code);
        Answer(session, MessageOf(session, reference, Reply.Of(refusal)), isDone: false);
        // Behind the answer: it may close the connection.
        conduct.WasRefused(session, refusal);
    }

    /// <summary>What fails here is a bug behind an answer that may be out already: another would be a second. What the client did not get it recovers by position.</summary>
    private void Answer(Session session, AnswerMessage? message, bool isDone)
    {
        try
        {
            session.Answer(message, isDone);
        }
        catch (Exception exception)
        {
            failures.Translate(exception, session.HasEnded);
            session.Outbox.Cut();
        }
    }

    private static AnswerMessage? MessageOf(Session session, object? reference, Reply reply) =>
        reference is null ? null : new AnswerMessage(reference, reply, session.Format);

    private async ValueTask<Refusal?> AdmitAsync(Session session, SessionRequest request, Func<Session, Refusal?> refuse, bool isCounted)
    {
        if (!isCounted && SessionRequest.Take(conduct, session, request) is { } tooMany)
            return tooMany;
        if (request.Kind != CallKind.Anonymous)
            await services.Host.ReadAgainAsync(session);
        var mayLeave = request.Kind == CallKind.Leave && IsKnown(session, request);
        if (request.Kind != CallKind.Anonymous && !mayLeave && RefuseIdentity(session, request) is { } unknown)
            return unknown;
        if ((refuse(session) ?? (request.IsRead ? services.Allowances.RefuseRead(session) : null)) is { } refusal)
            return refusal;
        return request.Kind == CallKind.Anonymous || mayLeave ? null : await users.ConnectAsync(session, session.GivenUp);
    }

    /// <summary>Whether it is somebody's, or one that needs to be nobody's for this.</summary>
    private static bool IsKnown(Session session, SessionRequest request) => session.Identity is not null || (session.IsAnonymous && request.IsForAnonymous);

    private Refusal? RefuseIdentity(Session session, SessionRequest request)
    {
        if (session.Grant is { } grant && tokens.IsExpired(grant))
            return TokenVerifier.Expired();
        if (session.Grant is { } shown && tokens.RefuseRevoked(shown) is { } revoked)
            return revoked;
        if (IsKnown(session, request))
            return null;
        return session.TokenRefusal ?? Refusals.Final(RefusalCode.Unauthenticated, "The connection has shown no token of a user yet.");
    }
}
