namespace WhatsSound.Embedded.Runtime;

/// <summary>Gives a scheduler that has turns to run a thread to run them on.</summary>
internal abstract class TurnPump
{
    /// <summary>Called for each turn that is queued, on the thread that queues it.</summary>
    public virtual void Observe(TurnScheduler scheduler)
    {
    }

    /// <summary>How tasks that the engine completes are made: what waits for them must not run inside the turn that completes them.</summary>
    public virtual TaskCreationOptions CompletionOptions => TaskCreationOptions.RunContinuationsAsynchronously;

    /// <summary>Completes tasks that were made with <see cref="CompletionOptions"/>.</summary>
    public virtual void Complete<T>(T state, Action<T> complete)
        where T : class
        => complete(state);

    public abstract void Schedule(TurnScheduler scheduler);
}
