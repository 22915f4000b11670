using Orleans.Runtime;

namespace Orleans;

/// <summary>What a class must implement to be a grain; <see cref="Grain"/> is the usual way.</summary>
public interface IGrainBase
{
    IGrainContext GrainContext { get; }

    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
