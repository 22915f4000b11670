using WhatsSound.Channels;
using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>A channel whose numbering was lost recovers a position of the old one, as if it were of the new.</summary>
public sealed class When_a_stale_epoch_is_accepted : MutantTests
{
    private protected override string Finding => @"^Subscriber: ada asked for room:storm:queue since .*, and recovered ";

    private protected override void Mutate(StormWorld world) => world.Network.Bends = static async context =>
    {
        if (context.Grain is not IChannelGrain channel || context.Request.GetArgumentCount() == 0
            || context.Request.GetArgument(0) is not RecoverRequest { Since: { } since } request)
            return;
        var head = (await channel.RecoverAsync(new())).Position;
        context.Request.SetArgument(0, request with { Since = new(head.Epoch, Math.Min(since.Offset, head.Offset)) });
    };

    private protected override async Task PlayAsync(Scenario scenario)
    {
        scenario.Ada.Tab.RejoinsOfFive = scenario.Bob.Tab.RejoinsOfFive = 5;
        await scenario.Ada.SendAsync(scenario.Ada.Enqueue(count: 2));
        await scenario.PassAsync(2);

        // Nobody is connected while the numbering is lost, so only the positions that the pages know can tell.
        await Task.WhenAll(scenario.Ada.Tab.BreakAsync(), scenario.Bob.Tab.BreakAsync());
        await scenario.PassAsync(1);
        var before = await scenario.HeadOfAsync(scenario.Queue);
        await scenario.World.Cluster.KillSiloOfAsync(scenario.Queue);
        await scenario.World.Cluster.StartSiloAsync();
        await scenario.PassAsync(20);
        Assert.NotEqual(before.Epoch, (await scenario.HeadOfAsync(scenario.Queue)).Epoch);
        await scenario.FollowAsync();
    }
}
