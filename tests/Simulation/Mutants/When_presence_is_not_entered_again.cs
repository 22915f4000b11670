using WhatsSound.Channels;
using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>A gateway does not enter its connections again after their channel has lost its memory, and has not kept its members either.</summary>
public sealed class When_presence_is_not_entered_again : MutantTests
{
    private protected override string Finding => @"^INV-M4: ada follows the room, which says NOT_MEMBER\.";

    private protected override void Mutate(StormWorld world)
    {
        world.Database.ForgetsMembers = true;
        world.Network.Swallows = static call => call.MethodName == nameof(IChannelGrain.ReconcileAsync);
    }

    private protected override async Task PlayAsync(Scenario scenario)
    {
        await scenario.World.Cluster.DeactivateAsync(scenario.Main);
        await scenario.PassAsync(10);
    }
}
