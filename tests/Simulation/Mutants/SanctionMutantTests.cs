using WhatsSound.Grains.Rooms;
using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>A room that comes back from its journal has sanctions on somebody else.</summary>
public abstract class SanctionMutantTests : MutantTests
{
    /// <summary>Whom the mutant has under a sanction that was imposed on somebody.</summary>
    private protected abstract string InsteadOf(string userId);

    private protected override void Mutate(StormWorld world) => world.Database.Reads = row =>
    {
        var entry = RoomEntry.Read(row.Content);
        var events = entry.Events?.Select(happened => happened is SanctionApplied applied ? applied with { UserId = InsteadOf(applied.UserId) } : happened);
        return row with { Content = (entry with { Events = events is null ? null : [.. events] }).Write() };
    };
}
