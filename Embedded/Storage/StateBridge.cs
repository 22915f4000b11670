using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Storage;

/// <summary>A grain's state and the storage it lives in: read before the grain is activated, written when the grain says so.</summary>
internal sealed class StateBridge<TState> : IPersistentState<TState>
{
    private readonly GrainState<TState> state = new();
    private readonly IGrainStorage storage;
    private readonly Activation activation;
    private readonly string name;

    public StateBridge(IServiceProvider services, Activation activation, IPersistentStateConfiguration configuration)
    {
        this.activation = activation;
        name = configuration.StateName;
        var provider = configuration.StorageName ?? ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;
        storage = services.GetKeyedService<IGrainStorage>(provider)
            ?? throw new OrleansConfigurationException($"{activation.GrainClass.Type} keeps its state {name} in storage {provider}, which is not registered.");
        activation.ObservableLifecycle.Subscribe(name, GrainLifecycleStage.SetupState, ReadStateAsync);
    }

    public TState State
    {
        get => state.State ??= Activator.CreateInstance<TState>();
        set => state.State = value;
    }

    public string? Etag => state.ETag;

    public bool RecordExists => state.RecordExists;

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken)
        => GuardAsync("Read", () => storage.ReadStateAsync(name, activation.GrainId, state, cancellationToken));

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task WriteStateAsync(CancellationToken cancellationToken)
    {
        state.State ??= Activator.CreateInstance<TState>();
        return GuardAsync("Write", () => storage.WriteStateAsync(name, activation.GrainId, state, cancellationToken));
    }

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ClearStateAsync(CancellationToken cancellationToken)
        => GuardAsync("Clear", () => storage.ClearStateAsync(name, activation.GrainId, state, cancellationToken));

    private async Task GuardAsync(string operation, Func<Task> work)
    {
        var (eTag, recordExists) = (state.ETag, state.RecordExists);
        try
        {
            if (activation.Silo.Cluster.StorageFaults is { } faults) await faults.RunAsync(operation, name, activation.GrainId, work);
            else await work();
        }
        catch (Exception exception) when (exception is not (OrleansException or OperationCanceledException))
        {
            // An answer that is lost takes the new ETag with it.
            (state.ETag, state.RecordExists) = (eTag, recordExists);
            activation.Silo.Log.StorageFailed(exception, operation, name, activation.GrainId);
            throw new OrleansException($"{operation} of state {name} of {activation.GrainId} failed: {exception.Message}", exception);
        }
    }
}
