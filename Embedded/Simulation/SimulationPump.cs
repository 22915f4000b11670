using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Simulation;

/// <summary>Collects the schedulers that have something to run, in the order in which they came to have it.</summary>
internal sealed class SimulationPump : TurnPump
{
    private readonly List<TurnScheduler> runnable = [];
    private readonly TurnScheduler completions;
    private int thread;

    public SimulationPump() => completions = new(this, nameof(completions));

    public int Count => runnable.Count;

    /// <summary>Whose work came from a thread other than the simulation's, and how: the run is no longer decided by its seed.</summary>
    public string? Intruder { get; private set; }

    public void Bind() => thread = Environment.CurrentManagedThreadId;

    public override void Observe(TurnScheduler scheduler)
    {
        if (Environment.CurrentManagedThreadId != thread) Intruder ??= $"{scheduler.Name}{Environment.NewLine}{Environment.StackTrace}{Environment.NewLine}";
    }

    /// <summary>
    /// Not asynchronously: Task.WhenAll over tasks made so goes through the thread pool. Instead, <see cref="Complete"/> completes them in a
    /// turn that belongs to nobody.
    /// </summary>
    public override TaskCreationOptions CompletionOptions => TaskCreationOptions.None;

    public override void Complete<T>(T state, Action<T> complete)
    {
        completions.Start(_ => complete(state), null);
    }

    public override void Schedule(TurnScheduler scheduler)
    {
        lock (runnable) runnable.Add(scheduler);
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
