namespace WhatsSound.Client;

/// <summary>Probes the server's clock for as long as a connection lives. A probe without an answer says that the connection does not. Used in turns only.</summary>
internal sealed class ClockProber(ServerClock clock, Action onReset)
{
    private CancellationTokenSource _current = new();

    /// <summary>Probes a connection until it ends; anew, with a burst, if it is probed already.</summary>
    public async Task RunAsync(Wire wire)
    {
        await _current.CancelAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(wire.Ended);
        _current = stop;
        var run = new Run(clock.LocalMs);
        try
        {
            for (var wait = run.Schedule.NextMs(0, Random.Shared.NextDouble()); ;)
            {
                if (!await IsDueAsync(wire, run, TimeSpan.FromMilliseconds(wait), stop.Token))
                {
                    wait = run.AgainMs;
                    continue;
                }

                wait = run.Schedule.NextMs(clock.LocalMs - run.StartedMs, Random.Shared.NextDouble());
                _ = ProbeAsync(wire, run);
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

    /// <summary>Waits for the next probe. False if an answer meanwhile asks for one at another time.</summary>
    private static async Task<bool> IsDueAsync(Wire wire, Run run, TimeSpan wait, CancellationToken stopped)
    {
        using var sooner = CancellationTokenSource.CreateLinkedTokenSource(stopped);
        run.Sooner = sooner;
        try
        {
            await wire.PauseAsync(wait, sooner.Token);
            return true;
        }
        catch (OperationCanceledException) when (!stopped.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            run.Sooner = null;
        }
    }

    private async Task ProbeAsync(Wire wire, Run run)
    {
        try
        {
            var t1Us = (long)Math.Round(clock.LocalMs * 1_000);
            var answer = await wire.InvokeAsync("Time", new TimeRequest(t1Us), ClientJson.Default.TimeAnswer);
            OnAnswer(new Probe(t1Us / 1_000.0, answer.T2Us / 1_000.0, answer.T3Us / 1_000.0, clock.LocalMs), run);
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

    private void OnAnswer(Probe probe, Run run)
    {
        var (isStep, isSuspect) = clock.Add(probe);
        if (run.Schedule.AfterAnswerMs(isStep, isSuspect, clock.LocalMs - run.StartedMs) is { } again && run.Sooner is { } sooner)
        {
            run.AgainMs = again;
            sooner.Cancel();
        }

        if (isStep)
            onReset();
    }

    /// <summary>The probes of one connection.</summary>
    private sealed class Run(double startedMs)
    {
        public double StartedMs => startedMs;

        public ProbeSchedule Schedule { get; } = new();

        /// <summary>Cancelled where the next probe is not to be when it was going to be, but after <see cref="AgainMs"/>.</summary>
        public CancellationTokenSource? Sooner { get; set; }

        public double AgainMs { get; set; }
    }
}
