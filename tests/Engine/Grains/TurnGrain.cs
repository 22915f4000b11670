namespace WhatsSound.Tests.Engine.Grains;

public class TurnGrain : Grain, ITurnGrain
{
    private int count;

    protected Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    public async Task Hold(string name)
    {
        Probe.Record($"in {name}");
        await Probe.Marked($"go {name}");
        Probe.Record($"out {name}");
    }

    public Task HoldReading(string name) => Hold(name);

    public Task HoldBriefly(string name) => Hold(name);

    public Task Record(string name)
    {
        Probe.Record(name);
        return Task.CompletedTask;
    }

    public Task RecordReading(string name) => Record(name);

    public Task RecordAlways(string name) => Record(name);

    public Task Tell(string name) => Hold(name);

    public Task TellAndFail() => Fail("nobody hears this");

    public async ValueTask<int> Count()
    {
        var scheduler = TaskScheduler.Current;
        var seen = count;
        await Task.Yield();
        await Task.WhenAll(Task.Run(static () => { }), Task.CompletedTask);
        Assert.Same(scheduler, TaskScheduler.Current);
        Assert.Equal(seen, count);
        return count = seen + 1;
    }

    public Task Fail(string message) => throw new InvalidOperationException(message);

    public async Task CallInCircle(string other)
    {
        try
        {
            await GrainFactory.GetGrain<ICircleGrain>(other).CallBack(this.GetPrimaryKeyString());
        }
        catch (Exception exception)
        {
            Probe.Record(exception.GetType().Name);
        }
    }

    public async Task WaitForCancellation(CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(cancelled.SetResult);
        Probe.Record("waiting");
        await cancelled.Task;
        Probe.Record("cancelled");
    }
}
