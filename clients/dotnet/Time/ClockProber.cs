namespace WhatsSound.Client;

/// <summary>Probes the server's clock for as long as a connection lives. A probe without an answer says that the connection does not.</summary>
internal sealed class ClockProber(ServerClock clock, Action onReset)
{
    private CancellationTokenSource _current = new();

    /// <summary>Probes a connection until it ends; anew, with a burst, if it is probed already.</summary>
    public async Task RunAsync(Wire wire)
    {
        await _current.CancelAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(wire.Ended);
        _current = stop;
        try
        {
            var startedMs = clock.LocalMs;
            for (var sent = 0; ; sent++)
            {
                await wire.PauseAsync(ProbeSchedule.DelayOf(sent, clock.LocalMs - startedMs, Random.Shared.NextDouble()), stop.Token);
                _ = ProbeAsync(wire);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection has ended, or another run has taken over.
        }
        finally
        {
            if (_current == stop)
                _current = new();
        }
    }

    private async Task ProbeAsync(Wire wire)
    {
        try
        {
            var t1Us = (long)Math.Round(clock.LocalMs * 1_000);
            var answer = await wire.InvokeAsync("Time", new TimeRequest(t1Us), ClientJson.Default.TimeAnswer);
            if (clock.Add(new Probe(t1Us / 1_000.0, answer.T2Us / 1_000.0, answer.T3Us / 1_000.0, clock.LocalMs)))
                onReset();
        }
        catch (RefusedException exception) when (exception.Refusal.Code == RefusalCodes.Timeout)
        {
            _ = wire.EndAsync();
        }
        catch (Exception exception) when (exception is RefusedException or LinkDownException)
        {
            // Any other refusal is an answer; and a connection that has ended needs no probes.
        }
    }
}
