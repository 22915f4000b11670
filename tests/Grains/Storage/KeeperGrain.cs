using Orleans.Storage;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>Keeps what it is given.</summary>
[GrainType("test-keeper")]
public sealed class KeeperGrain([PersistentState("keeper", "grains")] IPersistentState<KeeperState> state) : Grain, IKeeperGrain
{
    public Task WriteAsync(KeeperState value)
    {
        state.State = value;
        return state.WriteStateAsync();
    }

    public async Task<bool> IsOvertakenAsync(KeeperState value)
    {
        try
        {
            await WriteAsync(value);
            return false;
        }
        catch (InconsistentStateException)
        {
            return true;
        }
    }

    public Task<KeeperState> ReadAsync() => Task.FromResult(state.State);

    public Task ClearAsync() => state.ClearStateAsync();
}
