using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>A gateway takes a frame that does not continue what it has.</summary>
public sealed class When_a_gap_is_ignored : MutantTests
{
    private protected override string Finding => @"^Subscriber: ada got room:storm:chat 3 after 1\.";

    private protected override void Mutate(StormWorld world) => world.Receives = static receiver => new GapBlindReceiver(receiver);

    private protected override async Task PlayAsync(Scenario scenario)
    {
        await SayAsync(scenario);
        scenario.World.Rates.FrameLoss = 1;
        await SayAsync(scenario);
        scenario.World.Rates.FrameLoss = 0;
        await SayAsync(scenario);
    }

    /// <summary>A message, and the time for its frame to go out.</summary>
    private static async Task SayAsync(Scenario scenario)
    {
        await scenario.Ada.SendAsync(scenario.Ada.Chat());
        await scenario.PassAsync(0.5);
    }
}
