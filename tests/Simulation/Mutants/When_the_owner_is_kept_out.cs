using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;
using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>A room that comes back takes its owner for the one who is banned, and somebody else for its owner: of an owner no sanction counts.</summary>
public sealed class When_the_owner_is_kept_out : SanctionMutantTests
{
    private protected override string Finding => @"^INV-M3: the join of ada, whose room it is, was refused with BANNED\.";

    private protected override string InsteadOf(string userId) => "ada";

    private protected override void Mutate(StormWorld world)
    {
        base.Mutate(world);
        var sanctionsOnSomebodyElse = world.Database.Reads!;
        world.Database.Reads = row =>
        {
            var entry = RoomEntry.Read(sanctionsOnSomebodyElse(row).Content);
            var events = entry.Events?.Select(static happened => happened is RoomCreated created ? created with { OwnerUserId = "bob" } : happened);
            return row with { Content = (entry with { Events = events is null ? null : [.. events] }).Write() };
        };
    }

    private protected override async Task PlayAsync(Scenario scenario)
    {
        await scenario.Ada.SendAsync(scenario.Ada.Sanction("eve", SanctionKind.Ban, forMs: 20_000));
        await scenario.CrashRoomAsync();
        await scenario.Ada.Tab.BreakAsync();
        await scenario.FollowAsync();
    }
}
