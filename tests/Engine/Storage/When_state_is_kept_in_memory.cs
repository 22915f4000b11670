using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Storage;

public sealed class When_state_is_kept_in_memory : PersistentStateContract
{
    protected override void Configure(ISiloBuilder silo) => silo.AddMemoryGrainStorageAsDefault();

    protected override async Task OverwriteAsync(string key)
    {
        var storage = Cluster.Silos[0].Services.GetRequiredKeyedService<IGrainStorage>("Default");
        var state = new GrainState<Note>();
        await storage.ReadStateAsync("engine-note", Grain(key).GetGrainId(), state);
        state.State!.Text = "theirs";
        await storage.WriteStateAsync("engine-note", Grain(key).GetGrainId(), state);
    }
}
