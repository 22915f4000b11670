using WhatsSound.Grains.Rooms;
using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>Receipts are forgotten: a command that is sent again after a crash is carried out again.</summary>
public sealed class When_answers_are_not_kept : MutantTests
{
    private protected override string Finding => @"^INV-R1: enqueue-ada-\d+ was answered revision .*, and then DUPLICATE_TRACK\.";

    private protected override void Mutate(StormWorld world) => world.Database.Reads = static row =>
        row with { Content = (RoomEntry.Read(row.Content) with { Receipts = null }).Write() };

    private protected override async Task PlayAsync(Scenario scenario)
    {
        var songs = scenario.Ada.Enqueue(count: 2);
        await scenario.Ada.SendAsync(songs);
        await scenario.World.Cluster.DeactivateAsync(scenario.Room);
        await scenario.Ada.SendAgainAsync(songs);
    }
}
