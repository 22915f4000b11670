using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Grains.Rooms;
using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>A room that comes back folds all events of its journal but the songs that were queued last.</summary>
public sealed class When_an_event_is_skipped : MutantTests
{
    private protected override string Finding => @"^INV-R3: entry \d+ leads to revision \d+, and its room is at \d+\.";

    private protected override void Mutate(StormWorld world)
    {
        var skipped = 0;
        world.Database.Reads = row =>
        {
            // From the second on: the first songs of the scenario start to play, and could not.
            var entry = RoomEntry.Read(row.Content);
            if (row.Number == 1)
                skipped = 0;
            var kept = entry.Events?.RemoveAll(happened => happened is QueueHappened { Happened: SongsAdded { Songs.Length: 3 } });
            skipped += (entry.Events?.Length - kept?.Length) ?? 0;
            return row with { Content = (entry with { Events = kept }).Write(), Revision = row.Revision - skipped };
        };
    }

    private protected override async Task PlayAsync(Scenario scenario)
    {
        await scenario.Ada.SendAsync(scenario.Ada.Enqueue(count: 1, durationMsMin: 3_600_000, durationMsMax: 3_600_001));
        await scenario.Ada.SendAsync(scenario.Ada.Enqueue(count: 3));
        await scenario.CrashRoomAsync();
        await scenario.Ada.SendAsync(scenario.Ada.Enqueue(count: 1));
    }
}
