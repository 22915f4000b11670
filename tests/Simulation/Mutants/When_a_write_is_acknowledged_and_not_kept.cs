using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Grains.Rooms;
using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>A command is answered though its write was not kept.</summary>
public sealed class When_a_write_is_acknowledged_and_not_kept : MutantTests
{
    private protected override string Finding => @"^INV-R2: enqueue-ada-\d+ was acknowledged, and is not in the database\.";

    private protected override void Mutate(StormWorld world) => world.Database.Forgets = static entry => entry.Events is { } events && events.Any(happened => happened is QueueHappened { Happened: SongsAdded });

    private protected override Task PlayAsync(Scenario scenario) => scenario.Ada.SendAsync(scenario.Ada.Enqueue(count: 2));
}
