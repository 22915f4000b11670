namespace WhatsSound.Embedded.Runtime;

/// <summary>
/// Runs tasks one at a time, in order. Code that awaits without ConfigureAwait(false) stays on it, so whatever belongs to one
/// activation never runs in parallel with itself. After <see cref="Stop"/> nothing more runs, continuations included.
/// </summary>
internal sealed class TurnScheduler(TurnPump pump, string name, Activation? owner = null) : TaskScheduler, IThreadPoolWorkItem
{
    /// <summary>How many turns run before other schedulers get the thread.</summary>
    private const int SliceMax = 64;

    private static readonly TimeSpan RunningTurnMax = TimeSpan.FromSeconds(5);

    private readonly Queue<Task> turns = new();
    private bool scheduled;
    private bool stopped;
    private bool running;

    public static new TurnScheduler? Current => TaskScheduler.Current as TurnScheduler;

    public Activation? Owner => owner;

    public string Name => name;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Queues a turn that starts with an empty execution context.</summary>
    public void Start(Action<object?> turn, object? state)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            new Task(turn, state, TaskCreationOptions.DenyChildAttach).Start(this);
            return;
        }

        using (ExecutionContext.SuppressFlow())
            new Task(turn, state, TaskCreationOptions.DenyChildAttach).Start(this);
    }

    public Task Run(Func<Task> turn) => Task.Factory.StartNew(turn, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    public void Stop()
    {
        lock (turns)
        {
            stopped = true;
            turns.Clear();
        }
    }

    /// <summary>After <see cref="Stop"/>: waits until the turn that runs on another thread has come to its next await, or has taken too long.</summary>
    public void WaitForRunningTurn()
    {
        if (!ReferenceEquals(TaskScheduler.Current, this)) SpinWait.SpinUntil(() => !Volatile.Read(ref running), RunningTurnMax);
    }

    public void Execute()
    {
        if (RunSlice(SliceMax)) pump.Schedule(this);
    }

    /// <summary>Runs up to <paramref name="max"/> turns; true when more wait.</summary>
    internal bool RunSlice(int max)
    {
        for (var run = 0; run < max; run++)
        {
            if (!TryTake(out var turn)) return false;
            TryExecuteTask(turn);
            Volatile.Write(ref running, false);
        }

        lock (turns) return scheduled = turns.Count > 0;
    }

    protected override void QueueTask(Task task)
    {
        pump.Observe(this);
        lock (turns)
        {
            if (stopped) return;
            turns.Enqueue(task);
            if (scheduled) return;
            scheduled = true;
        }

        pump.Schedule(this);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
        => !taskWasPreviouslyQueued && !Volatile.Read(ref stopped) && ReferenceEquals(TaskScheduler.Current, this) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (turns) return turns.ToArray();
    }

    private bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Task? turn)
    {
        lock (turns)
        {
            running = turns.TryDequeue(out turn);
            if (!running) scheduled = false;
            return turn is not null;
        }
    }
}
