namespace WhatsSound.Tests.Simulation.Sync;

/// <summary>
/// Knows when everything that was begun is done: no call of a grain is under way, and no thread has anything to do. That cannot be proven with real threads; where it is wrong, something happens
/// one tick of virtual time later.
/// </summary>
internal sealed class Stillness : IOutgoingGrainCallFilter, IIncomingGrainCallFilter
{
    private const int LooksMin = 3;

    /// <summary>What waits for virtual time itself would be waited for in vain.</summary>
    private const int LooksMax = 20_000;

    private int _calls;
    private int _begun;

    public Task Invoke(IOutgoingGrainCallContext context) => CountAsync(context.Invoke);

    public Task Invoke(IIncomingGrainCallContext context) => CountAsync(context.Invoke);

    public async Task RestAsync()
    {
        for (int looks = 0, quiet = 0; quiet < LooksMin && looks < LooksMax; looks++)
        {
            var begun = Volatile.Read(ref _begun);
            await Task.Yield();
            var isQuiet = begun == Volatile.Read(ref _begun) && Volatile.Read(ref _calls) == 0 && ThreadPool.PendingWorkItemCount == 0 && IsAlone();
            quiet = isQuiet ? quiet + 1 : 0;
        }
    }

    /// <summary>Whether no thread of the pool but this one is at work: one that has just woken from a timer may be about to call.</summary>
    private static bool IsAlone()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        return most - available <= 1;
    }

    private async Task CountAsync(Func<Task> call)
    {
        Interlocked.Increment(ref _begun);
        Interlocked.Increment(ref _calls);
        try
        {
            await call();
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
        }
    }
}
