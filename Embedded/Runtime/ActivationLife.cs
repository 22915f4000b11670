using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace WhatsSound.Embedded.Runtime;

/// <summary>How one activation starts and ends: make the grain, read its states, activate; deactivate, leave, dispose.</summary>
internal sealed class ActivationLife(Activation activation)
{
    private readonly TaskCompletionSource ended = new(activation.Silo.Cluster.Pump.CompletionOptions);
    private AsyncServiceScope? scope;
    private DeactivationReason reason;
    private ITimer? patience;
    private Exception? failure;
    private bool wasActivated;
    private int ending;

    public object? Instance { get; private set; }

    public IServiceProvider Services => scope?.ServiceProvider ?? activation.Silo.Services;

    public StagedLifecycle Stages { get; } = new();

    public Task Ended => ended.Task;

    public bool HasStarted { get; private set; }

    public bool HasReason => reason.ReasonCode != DeactivationReasonCode.None;

    private Silo Silo => activation.Silo;

    public bool TrySetReason(DeactivationReason value)
    {
        if (HasReason) return false;
        reason = value;
        return true;
    }

    public async Task ActivateAsync()
    {
        HasStarted = true;
        using var timeout = new CancellationTokenSource(Silo.Collection.ActivationTimeout, Silo.ManagementTime);
        try
        {
            scope = Silo.Services.CreateAsyncScope();
            Instance = activation.GrainClass.Create(scope.Value.ServiceProvider, activation);
            await Stages.StartAsync(timeout.Token);
            if (Instance is IGrainBase grain) await grain.OnActivateAsync(timeout.Token).WaitAsync(timeout.Token);
            wasActivated = true;
            EmbeddedMetrics.Activated();
        }
        catch (Exception exception)
        {
            // Whatever went wrong is the answer to every request that waits.
            Silo.Log.ActivationFailed(exception, activation.GrainId);
            failure = exception;
            TrySetReason(new(DeactivationReasonCode.ActivationFailed, exception, "Activation failed."));
        }

        activation.OnActivated();
    }

    public void EndAfterTimeout()
        => patience = Silo.ManagementTime.CreateTimer(
            static self => ((ActivationLife)self!).StartEnding(), this, Silo.Collection.DeactivationTimeout, Timeout.InfiniteTimeSpan);

    public void StartEnding()
    {
        if (Interlocked.Exchange(ref ending, 1) == 0) activation.Turns.Start(static self => _ = ((ActivationLife)self!).EndAsync(), this);
    }

    /// <summary>The silo was killed: the container's scope is dropped without a word to the grain.</summary>
    public void Abandon()
    {
        patience?.Dispose();
        CompleteEnded();
    }

    private async Task EndAsync()
    {
        patience?.Dispose();
        activation.Timers.DisposeAll();
        using var timeout = new CancellationTokenSource(Silo.Collection.DeactivationTimeout, Silo.ManagementTime);
        if (wasActivated) await TryAsync(DeactivateAsync);
        await TryAsync(Stages.StopAsync);
        activation.Leave(failure);
        await TryAsync(DisposeAsync);
        if (wasActivated) EmbeddedMetrics.Deactivated();
        CompleteEnded();

        async Task TryAsync(Func<CancellationToken, Task> step)
        {
            try
            {
                await step(timeout.Token);
            }
            catch (Exception exception)
            {
                // An activation that cannot end well ends all the same.
                Silo.Log.DeactivationFailed(exception, activation.GrainId);
            }
        }
    }

    private void CompleteEnded() => Silo.Cluster.Pump.Complete(ended, static ended => ended.TrySetResult());

    private Task DeactivateAsync(CancellationToken timeout)
        => Instance is IGrainBase grain ? grain.OnDeactivateAsync(reason, timeout).WaitAsync(timeout) : Task.CompletedTask;

    private async Task DisposeAsync(CancellationToken timeout)
    {
        if (Instance is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync();
        else (Instance as IDisposable)?.Dispose();
        if (scope is { } made) await made.DisposeAsync();
    }
}
