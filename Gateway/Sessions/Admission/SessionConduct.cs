using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions;

/// <summary>What a session asks for counts, whatever comes of it; and a session that is refused and refused again, and nothing else, is closed.</summary>
internal sealed class SessionConduct(IOptions<SessionLimits> options, Allowances allowances)
{
    private readonly ReconnectTimes _reconnectTimes = new(options.Value.RefusedReconnectAfter);

    /// <summary>Takes one request of the session; otherwise the refusal. A door asks before it reads a body: what is refused anyway is to cost nothing.</summary>
    public Refusal? Take(Session session, bool isReport = false, bool isAuthenticate = false) =>
        isReport ? allowances.TakeReport(session) : allowances.TakeRequest(session, isAuthenticate);

    /// <summary>Takes a message that gets no answer, such as a ping: beyond the rate it counts as refused.</summary>
    public void TakeUnanswered(Session session)
    {
        if (Take(session) is not null)
            WasRefused(session);
    }

    /// <summary>What came is not of the door's protocol, or too large to be read. Whoever comes back would send it again.</summary>
    public static void WasBroken(Session session, string code) =>
        session.Outbox.Close(new ClosingMessage(new SessionClosing(code, ReconnectAfterMs: null), mayReconnect: false));

    public static void WasCarriedOut(Session session) => session.RefusalsInRow = 0;

    /// <summary>What the server could not do is not the client's fault.</summary>
    public void WasRefused(Session session, Refusal refusal)
    {
        if (refusal.Code is not (RefusalCode.NotReady or RefusalCode.Timeout or RefusalCode.Internal))
            WasRefused(session);
    }

    private void WasRefused(Session session)
    {
        if (++session.RefusalsInRow >= options.Value.RefusalsInRowMax)
            session.Outbox.Close(new ClosingMessage(new SessionClosing(RefusalCode.RateLimited, _reconnectTimes.NextMs()), mayReconnect: false));
    }
}
