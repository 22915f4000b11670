using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Presence;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// Tells channels who has left. So many at once, and a channel that does not answer keeps its place from the others for a moment only. What is too much or fails is not lost: the connection is off what this gateway
/// says, and the next renewal does not name it.
/// </summary>
internal sealed class PresenceExits(IClusterClient cluster, PresenceLedger ledger, DeliveryOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>All connections that a gateway has from one address, lost at once. Beyond, it is left to the renewals.</summary>
    public const int UntoldMax = 10_000;

    private const int AttemptsMax = 3;

    private readonly Places _places = new(options.ParallelCallsMax);
    private int _untold;

    /// <summary>Done when the channel knows, or will by a renewal. Does not throw.</summary>
    public async Task TellAsync(string channel, PresenceExit exit)
    {
        if (Interlocked.Increment(ref _untold) <= UntoldMax)
            await TellInTurnAsync(channel, exit);
        else
            SessionLog.LeaveDropped(logger, channel);
        Interlocked.Decrement(ref _untold);
        ledger.Exited(channel, exit);
    }

    private async Task TellInTurnAsync(string channel, PresenceExit exit)
    {
        await _places.EnterAsync();
        var call = TryCallAsync(channel, exit);
        await call.WaitAsync(BoundedCalls.HangsAfter(options), time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _places.Leave();
        await call;
    }

    /// <summary>All tries together take no longer than one call may.</summary>
    private async Task TryCallAsync(string channel, PresenceExit exit)
    {
        var begunAt = time.GetTimestamp();
        for (var attempt = 1; attempt <= AttemptsMax && options.CallTimeout - time.GetElapsedTime(begunAt) is { Ticks: > 0 } left; attempt++)
        {
            try
            {
                await cluster.GetChannel(channel).LeaveAsync(exit).WaitAsync(left, time);
                return;
            }
            catch (Exception exception)
            {
                // The channel may be moving; until it knows, the member is shown.
                SessionLog.LeaveFailed(logger, exception, channel);
            }
        }
    }
}
