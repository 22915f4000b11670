using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace WhatsSound.Grains.Storage;

/// <summary>Makes <see cref="StoredState{TState}"/> of what grains ask for with <see cref="PersistentStateAttribute"/>.</summary>
internal sealed class StoredStates : IPersistentStateFactory
{
    public IPersistentState<TState> Create<TState>(IGrainContext context, IPersistentStateConfiguration config)
    {
        var storage = context.ActivationServices.GetRequiredKeyedService<IGrainStorage>(config.StorageName);
        var state = new StoredState<TState>(config.StateName, context, storage);
        context.ObservableLifecycle.Subscribe(typeof(StoredState<TState>).FullName!, GrainLifecycleStage.SetupState, state);
        return state;
    }
}
