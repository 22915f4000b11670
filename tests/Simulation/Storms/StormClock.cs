using Microsoft.Extensions.Time.Testing;

namespace WhatsSound.Tests.Simulation.Storms;

/// <summary>
/// Virtual time for everything, advanced in steps whenever the threads have come to rest, so that minutes pass in seconds. Rest cannot be proven with real
/// threads: the clock waits for it for a bounded while, and a law must hold also where it was wrong.
/// </summary>
internal sealed class StormClock : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    /// <summary>Where only leases and graces are waited for.</summary>
    private static readonly TimeSpan CalmStep = TimeSpan.FromMilliseconds(200);

    /// <summary>Real time that a step takes while the cluster itself changes: silos notice a death in real time.</summary>
    private static readonly TimeSpan SlowStep = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Real time that a step takes at least. A thread may be held up by the machine in the middle of anything; without this, virtual time would pass by leases
    /// meanwhile. The busier the machine is, the longer this takes too.
    /// </summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    /// <summary>So many looks without progress are rest where a call is under way, which then waits for virtual time, or is lost.</summary>
    private const int LooksWhileWorking = 8;

    /// <summary>Fewer where a fault is known to hold a call.</summary>
    private const int LooksWhileHeld = 2;

    private const int LooksMax = 100;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly SemaphoreSlim _step = new(1);
    private long _progress;
    private int _working;
    private int _held;
    private int _slow;

    public TimeProvider Time => _time;

    /// <summary>Whether nothing goes wrong any more, so that time may pass faster.</summary>
    public bool IsCalm { get; set; }

    public long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public void Progressed() => Interlocked.Increment(ref _progress);

    public Task DelayAsync(TimeSpan by) => by > TimeSpan.Zero ? Task.Delay(by, _time) : Task.CompletedTask;

    /// <summary>A call is under way.</summary>
    public async Task WorkAsync(Func<Task> call)
    {
        Interlocked.Increment(ref _working);
        Progressed();
        try
        {
            await call();
        }
        finally
        {
            Interlocked.Decrement(ref _working);
            Progressed();
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

    /// <summary>
    /// Lets time pass until the task is done. On a thread of its own: .NET's timers go by a clock that moves every 4 ms on Linux, which would make each look four times as long.
    /// </summary>
    public async Task RunUntilAsync(Task done)
    {
        await Task.Factory.StartNew(() => Run(done), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await done;
    }

    public void Dispose() => _step.Dispose();

    private void Run(Task done)
    {
        while (!done.IsCompleted)
        {
            Rest();
            if (Volatile.Read(ref _slow) > 0)
                Thread.Sleep(SlowStep);
            _step.Wait();
            _time.Advance(IsCalm ? CalmStep : Step);
            _step.Release();
        }
    }

    private void Rest()
    {
        for (int looks = 0, quiet = 0; looks < LooksMax && quiet < QuietLooks; looks++)
        {
            var seen = Interlocked.Read(ref _progress);
            Thread.Sleep(Look);
            quiet = Interlocked.Read(ref _progress) == seen ? quiet + 1 : 0;
        }
    }

    private int QuietLooks
    {
        get
        {
            if (Volatile.Read(ref _working) == 0)
                return 1;
            return Volatile.Read(ref _held) > 0 ? LooksWhileHeld : LooksWhileWorking;
        }
    }
}
