using Orleans.Runtime;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Timers;

/// <summary>The timers of one activation.</summary>
internal sealed class GrainTimers(Activation activation)
{
    private readonly HashSet<GrainTimer> timers = [];

    public IGrainTimer Start(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        var timer = new GrainTimer(activation, callback, options);
        lock (timers) timers.Add(timer);
        timer.Change(options.DueTime, options.Period);
        return timer;
    }

    public void Remove(GrainTimer timer)
    {
        lock (timers) timers.Remove(timer);
    }

    public void DisposeAll()
    {
        GrainTimer[] all;
        lock (timers) all = [.. timers];
        foreach (var timer in all) timer.Dispose();
    }
}
