using WhatsSound.Control;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Control;

/// <summary>Where a deployment wants it so (<see cref="ControlOptions.FailClosed"/>): closes, in rounds, the connections that have shown a token, while nobody knows whether it still counts. They may come back.</summary>
internal sealed class SilenceLoop(SessionRegistry sessions, IRevocations revocations, TimeProvider time, ILogger<SilenceLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly ReconnectTimes _reconnectTimes = new(TimeSpan.FromSeconds(10));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(Interval, time, CloseAllAsync, logger, stoppingToken);

    internal Task CloseAllAsync(CancellationToken cancellationToken)
    {
        if (!revocations.IsClosed)
            return Task.CompletedTask;
        foreach (var session in sessions.All)
        {
            if (session is { Grant: not null, Outbox.Goodbye: null })
                session.Outbox.Close(new ClosingMessage(new SessionClosing(RefusalCode.NotReady, _reconnectTimes.NextMs())));
        }

        return Task.CompletedTask;
    }
}
