using Microsoft.Extensions.Time.Testing;

namespace WhatsSound.Tests.Simulation.Storms;

/// <summary>
/// Virtual time for everything, advanced in steps whenever the threads have come to rest, so that minutes pass in seconds. Rest cannot be proven with real
/// threads: the clock waits for it for a bounded while, and a law must hold also where it was wrong.
/// </summary>
internal sealed class StormClock : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>Real time that a step takes while the cluster itself changes: silos notice a death in real time.</summary>
    private static readonly TimeSpan SlowStep = TimeSpan.FromMilliseconds(20);

    /// <summary>Real time without progress after which a call that is under way is taken to wait for virtual time, or to be lost.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    /// <summary>So many times where no call is known to wait for virtual time.</summary>
    private const int LooksMax = 5;

    /// <summary>So many rounds through the thread pool without progress are rest: each lets everything that is queued go first.</summary>
    private const int QuietRounds = 12;

    private const int RoundsMax = 3_000;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly SemaphoreSlim _step = new(1);
    private readonly Lock _gate = new();
    private TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _progress;
    private int _working;
    private int _held;
    private int _slow;

    public TimeProvider Time => _time;

    public long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public void Progressed() => Interlocked.Increment(ref _progress);

    public Task DelayAsync(TimeSpan by) => by > TimeSpan.Zero ? Task.Delay(by, _time) : Task.CompletedTask;

    /// <summary>A call is under way.</summary>
    public async Task WorkAsync(Func<Task> call)
    {
        Add(1);
        try
        {
            await call();
        }
        finally
        {
            Add(-1);
        }
    }

    /// <summary>A fault keeps a call waiting.</summary>
    public async Task HoldAsync(TimeSpan by)
    {
        Interlocked.Increment(ref _held);
        try
        {
            await DelayAsync(by);
        }
        finally
        {
            Interlocked.Decrement(ref _held);
            Progressed();
        }
    }

    /// <summary>Something is under way that takes real time.</summary>
    public async Task SlowlyAsync(Func<Task> work)
    {
        Interlocked.Increment(ref _slow);
        try
        {
            await work();
        }
        finally
        {
            Interlocked.Decrement(ref _slow);
        }
    }

    /// <summary>Does something at one moment.</summary>
    public async Task StopForAsync(Func<Task> what)
    {
        await _step.WaitAsync();
        try
        {
            await what();
        }
        finally
        {
            _step.Release();
        }
    }

    /// <summary>Lets time pass until the task is done.</summary>
    public async Task RunUntilAsync(Task done)
    {
        using var pace = new PeriodicTimer(SlowStep);
        while (!done.IsCompleted)
        {
            await RestAsync();
            if (Volatile.Read(ref _slow) > 0)
                await pace.WaitForNextTickAsync();
            await _step.WaitAsync();
            _time.Advance(Step);
            _step.Release();
        }

        await done;
    }

    public void Dispose() => _step.Dispose();

    private void Add(int calls)
    {
        Progressed();
        lock (_gate)
        {
            _working += calls;
            if (_working == 0)
                _idle.TrySetResult();
            else if (_idle.Task.IsCompleted)
                _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task RestAsync()
    {
        for (int rounds = 0, quiet = 0; rounds < RoundsMax && quiet < QuietRounds; rounds++)
        {
            var seen = Interlocked.Read(ref _progress);
            await Task.Yield();
            quiet = Interlocked.Read(ref _progress) == seen ? quiet + 1 : 0;
        }

        for (var looks = 0; looks < (Volatile.Read(ref _held) > 0 ? 1 : LooksMax); looks++)
        {
            var seen = Interlocked.Read(ref _progress);
            if (await IsIdleAsync())
                return;
            looks = Interlocked.Read(ref _progress) == seen ? looks : -1;
        }
    }

    private async Task<bool> IsIdleAsync()
    {
        Task idle;
        lock (_gate)
        {
            if (_working == 0)
                return true;
            idle = _idle.Task;
        }

        await Task.WhenAny(idle, Task.Delay(Look));
        return false;
    }
}
