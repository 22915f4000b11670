using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// Closes, in rounds, the connections whose tokens ran out some time ago: what somebody may hear is not to outlive the right to it. A round over all of them is cheaper than a timer
/// for each, most of which would never fire.
/// </summary>
internal sealed class ExpiryLoop(SessionRegistry sessions, IOptions<SessionLimits> options, TimeProvider time, ILogger<ExpiryLoop> logger) : BackgroundService
{
    private const int RoundsPerGrace = 6;

    /// <summary>With a new token it may come back at once.</summary>
    private static readonly ClosingMessage Expired = new(new SessionClosing(RefusalCode.TokenExpired, ReconnectAfterMs: 0));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(options.Value.ExpiredGrace / RoundsPerGrace, time, CloseExpiredAsync, logger, stoppingToken);

    private Task CloseExpiredAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.ExpiredGrace;
        foreach (var session in sessions.All)
        {
            if (session.Grant is { } grant && grant.ExpiresAt <= before)
                session.Outbox.Close(Expired);
        }

        return Task.CompletedTask;
    }
}
