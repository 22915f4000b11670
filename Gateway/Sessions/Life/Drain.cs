using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// The orderly end of the gateway: new connections are turned away, each open one is told when to come back, and gets time to go.
/// It begins with the stop signal, before the host stops anything.
/// </summary>
internal sealed class Drain(SessionRegistry sessions, IOptions<DrainOptions> options, TimeProvider time, ILogger<Drain> logger)
{
    private readonly Lock _gate = new();
    private Task? _drained;
    private bool _hasBegun;

    /// <summary>Whether the end has begun: not ready, and no new connections.</summary>
    public bool HasBegun => Volatile.Read(ref _hasBegun);

    /// <summary>Begins, or waits for what has begun. Done when every connection is gone, or the time is up.</summary>
    public Task RunAsync()
    {
        // Before the sessions are read: one that is added from now on is told where it is added.
        Volatile.Write(ref _hasBegun, true);
        lock (_gate)
            return _drained ??= DrainAsync();
    }

    /// <summary>Tells a session that came while the gateway goes; any other stays.</summary>
    public void TurnAway(Session added)
    {
        if (HasBegun)
            SayGoodbye(added, options.Value.ReconnectAfterMin + options.Value.ReconnectSpread);
    }

    private async Task DrainAsync()
    {
        var open = sessions.All.ToList();
        if (open.Count == 0)
            return;
        SessionLog.Draining(logger, open.Count);
        var gap = Math.Min(options.Value.ReconnectGapMax.TotalMilliseconds, options.Value.ReconnectSpread.TotalMilliseconds / open.Count);
        for (var i = 0; i < open.Count; i++)
            SayGoodbye(open[i], options.Value.ReconnectAfterMin + TimeSpan.FromMilliseconds(i * gap));
        await sessions.WhenEmptyAsync(options.Value.Timeout, time);
    }

    private static void SayGoodbye(Session session, TimeSpan reconnectAfter) =>
        session.Outbox.Close(new ClosingMessage(new SessionClosing(RefusalCode.NotReady, (long)reconnectAfter.TotalMilliseconds)));
}
