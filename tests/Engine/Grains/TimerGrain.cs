namespace WhatsSound.Tests.Engine.Grains;

public sealed class TimerGrain : Grain, ITimerGrain
{
    private IGrainTimer? timer;
    private int ticks;

    private Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    public Task Start(TimeSpan due, TimeSpan period, bool interleave)
    {
        timer = this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions { DueTime = due, Period = period, Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartHolding(TimeSpan due, TimeSpan period, bool interleave)
    {
        timer = this.RegisterGrainTimer(TickAndHold, new GrainTimerCreationOptions { DueTime = due, Period = period, Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartFailing(TimeSpan due, TimeSpan period)
    {
        timer = this.RegisterGrainTimer(
            () =>
            {
                Probe.Record($"tick {++ticks}");
                throw new InvalidOperationException("a tick fails");
            },
            due,
            period);
        return Task.CompletedTask;
    }

    public Task Change(TimeSpan due, TimeSpan period)
    {
        timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task Stop()
    {
        timer!.Dispose();
        return Task.CompletedTask;
    }

    public async Task Hold()
    {
        Probe.Record("in");
        await Probe.Marked("go");
        Probe.Record("out");
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<int> Ticks() => Task.FromResult(ticks);

    private Task Tick()
    {
        Probe.Record($"tick {++ticks}");
        return Task.CompletedTask;
    }

    private async Task TickAndHold(CancellationToken cancellationToken)
    {
        await Tick();
        await using var registration = cancellationToken.Register(() => Probe.Record("token cancelled"));
        await Probe.Marked($"go {ticks}");
        Probe.Record($"tock {ticks}");
    }
}
