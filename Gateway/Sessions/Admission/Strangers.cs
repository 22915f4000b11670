using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// The connections that are nobody's, of all doors: those that have shown no valid token, and those whose user was refused. They are few, and have little
/// time.
/// </summary>
internal sealed class Strangers(SessionRegistry sessions, IOptions<SessionLimits> options, TimeProvider time)
{
    private readonly AddressPlaces _places = new(options.Value.StrangersMax, options.Value.StrangersPerAddressMax);
    private readonly ConcurrentDictionary<string, ITimer> _timers = new(StringComparer.Ordinal);
    private readonly ReconnectTimes _reconnectTimes = new(options.Value.RefusedReconnectAfter);

    /// <summary>Lets a connection in that may turn out to be nobody's; false where there are too many, or too many from the address. Whoever is let in leaves.</summary>
    public bool TryEnter(string connectionId, string addressKey) => _places.TryEnter(connectionId, addressKey);

    /// <summary>The connection is somebody's, or gone.</summary>
    public void Leave(string connectionId)
    {
        _places.Leave(connectionId);
        if (_timers.TryRemove(connectionId, out var timer))
            timer.Dispose();
    }

    /// <summary>
    /// A session that has shown no valid token has until the deadline. Who has one after that may come at once: the time until then was long enough. One whose token could not be verified until then is
    /// told to come back with it.
    /// </summary>
    public void GiveTime(Session session) => CloseAfter(session, options.Value.AuthenticateWithin, () => session.TokenRefusal is { Retryable: true } refusal
        ? new ClosingMessage(new SessionClosing(refusal.Code, _reconnectTimes.NextMs()), mayReconnect: true)
        : new ClosingMessage(new SessionClosing(RefusalCode.Unauthenticated, ReconnectAfterMs: 0), mayReconnect: false));

    /// <summary>A session that is refused as a whole is closed, once it has read why: a goodbye drops what waits.</summary>
    public void Refuse(Session session, Refusal refusal)
    {
        var goodbye = new ClosingMessage(new SessionClosing(refusal.Code, _reconnectTimes.NextMs()), refusal.Retryable);
        CloseAfter(session, options.Value.RefusedGrace, () => goodbye);
    }

    private void CloseAfter(Session session, TimeSpan after, Func<ClosingMessage> goodbye)
    {
        var timer = time.CreateTimer(_ => session.Outbox.Close(goodbye()), state: null, after, Timeout.InfiniteTimeSpan);
        if (!_timers.TryAdd(session.Id, timer))
            timer.Dispose();
        // It may have gone while this was done.
        if (!sessions.TryFind(session.Id, out _))
            Leave(session.Id);
    }
}
