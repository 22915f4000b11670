using Orleans.Runtime;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Timers;

/// <summary>Sends its activation a tick when it is due, and counts its period from the end of the tick.</summary>
internal sealed class GrainTimer : Request, IGrainTimer
{
    private readonly Activation activation;
    private readonly Func<CancellationToken, Task> callback;
    private readonly GrainTimerCreationOptions options;
    private readonly CancellationTokenSource disposed = new();
    private readonly ITimer timer;
    private TimeSpan dueTime;
    private TimeSpan period;
    private bool isTicking;
    private bool wasChanged;

    public GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        this.activation = activation;
        this.callback = callback;
        this.options = options;
        using (ExecutionContext.IsFlowSuppressed() ? default(AsyncFlowControl?) : ExecutionContext.SuppressFlow())
            timer = activation.Silo.GrainTime.CreateTimer(static self => ((GrainTimer)self!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override GrainId Target => activation.GrainId;

    public override bool IsReadOnly => false;

    public override bool AlwaysInterleaves => options.Interleave;

    public override bool KeepsAlive => options.KeepAlive;

    public override bool IsLocal => true;

    public override bool IsAbandoned => disposed.IsCancellationRequested;

    /// <summary>While a tick is due or running, a change takes effect when it ends.</summary>
    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        ThrowIfOutOfRange(dueTime, nameof(dueTime));
        ThrowIfOutOfRange(period, nameof(period));
        lock (disposed)
        {
            this.dueTime = dueTime;
            this.period = period;
            wasChanged = true;
            if (!isTicking) Arm(dueTime);
        }
    }

    public void Dispose()
    {
        if (disposed.IsCancellationRequested) return;
        disposed.Cancel();
        timer.Dispose();
        activation.Timers.Remove(this);
    }

    public override async Task RunAsync(IRequestTarget target)
    {
        lock (disposed) wasChanged = false;
        try
        {
            await callback(disposed.Token);
        }
        catch (Exception exception)
        {
            Fail(exception);
            target.OnFault(exception);
        }

        lock (disposed)
        {
            isTicking = false;
            Arm(wasChanged ? dueTime : period);
        }
    }

    public override void Fail(Exception exception)
    {
        if (!disposed.IsCancellationRequested) activation.Silo.Log.TimerFailed(exception, activation.GrainId);
    }

    private static void ThrowIfOutOfRange(TimeSpan value, string name)
    {
        if (value != Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.TotalMilliseconds, uint.MaxValue - 1, name);
    }

    private void OnDue()
    {
        lock (disposed)
        {
            if (isTicking) return;
            isTicking = true;
        }

        activation.TryReceive(this);
    }

    private void Arm(TimeSpan delay)
    {
        if (!disposed.IsCancellationRequested) timer.Change(delay, Timeout.InfiniteTimeSpan);
    }
}
