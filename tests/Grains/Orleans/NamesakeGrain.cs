using WhatsSound.Tests.Grains.Storage;

namespace WhatsSound.Tests.Grains.Orleans;

/// <summary>Another grain type with a state of the same name as <see cref="KeeperGrain"/>.</summary>
[GrainType("test-namesake")]
public sealed class NamesakeGrain([PersistentState("keeper", "grains")] IPersistentState<KeeperState> state) : Grain, INamesakeGrain
{
    public Task<string> ReadNameAsync() => Task.FromResult(state.State.Name);
}
