using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Simulation;

/// <summary>Collects the schedulers that have something to run, in the order in which they came to have it.</summary>
internal sealed class SimulationPump : TurnPump
{
    private readonly List<TurnScheduler> runnable = [];
    private int thread;

    public int Count => runnable.Count;

    /// <summary>A scheduler that got work from a thread other than the simulation's: the run is no longer decided by its seed.</summary>
    public string? Intruder { get; private set; }

    public void Bind() => thread = Environment.CurrentManagedThreadId;

    public override void Schedule(TurnScheduler scheduler)
    {
        if (Environment.CurrentManagedThreadId == thread) runnable.Add(scheduler);
        else Intruder ??= scheduler.Name;
    }

    /// <summary>Runs one turn of one scheduler and says whose.</summary>
    public string Run(int index)
    {
        var scheduler = runnable[index];
        runnable.RemoveAt(index);
        if (scheduler.RunSlice(1)) runnable.Add(scheduler);
        return scheduler.Name;
    }
}
