using WhatsSound.Channels;
using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;
using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>What was saved and not yet published when the room crashed is taken as published.</summary>
public sealed class When_an_outbox_is_dropped : MutantTests
{
    private protected override string Finding => @"^Subscriber: ada sees queued '0', the room has '1'\.";

    private protected override void Mutate(StormWorld world) => world.Database.Reads = static row =>
        row with { Content = (RoomEntry.Read(row.Content) with { Published = row.Number }).Write() };

    private protected override async Task PlayAsync(Scenario scenario)
    {
        // The first song plays to the end of the test, so that the queue does not change again.
        await scenario.Ada.SendAsync(scenario.Ada.Enqueue(count: 1, durationMsMin: 3_600_000, durationMsMax: 3_600_001));
        await scenario.PassAsync(2);
        var swallowed = 0;
        scenario.World.Network.Swallows = call => IsToQueue(call) && Interlocked.Increment(ref swallowed) > 0;
        await scenario.Ada.SendAsync(scenario.Ada.Enqueue(count: 1));
        Assert.True(swallowed > 0, "The queue was published.");

        // A crash of the room alone; a channel that crashed too would have its followers take a snapshot.
        await scenario.CrashRoomAsync();
        scenario.World.Network.Swallows = static _ => false;
        await scenario.FollowAsync();
    }

    private static bool IsToQueue(IGrainCallContext call) =>
        call.MethodName == nameof(IChannelGrain.PublishAsync) && call.TargetId.Key.ToString() == ChannelKey.Of(RoomId.QueueOf(StormWorld.RoomName));
}
