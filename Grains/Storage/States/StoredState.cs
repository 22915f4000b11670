using Orleans.Core;
using Orleans.Storage;

namespace WhatsSound.Grains.Storage;

/// <summary>
/// A grain's persistent state, which is read from the storage wherever the grain becomes active, also after a move. It does not go along with a grain that moves: it may be megabytes, of which a thousand would be in one
/// message, and the program it comes to may be of another version, which knows how to read what is stored and nothing else.
/// </summary>
internal sealed class StoredState<TState>(string name, IGrainContext context, IGrainStorage storage) : StateStorageBridge<TState>(name, context, storage), IPersistentState<TState>, ILifecycleObserver
{
    public Task OnStart(CancellationToken cancellationToken = default) => cancellationToken.IsCancellationRequested ? Task.CompletedTask : ReadStateAsync();

    public Task OnStop(CancellationToken cancellationToken = default) => Task.CompletedTask;
}
