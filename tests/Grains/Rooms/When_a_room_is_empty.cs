using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

/// <summary>Nobody is in a room, and nothing plays: it does nothing until somebody comes.</summary>
[Collection(ClusterTests.Name)]
public sealed class When_a_room_is_empty(TestCluster cluster)
{
    private static readonly TimeSpan Watch = new WhatsSound.Grains.Rooms.RoomOptions().WatchInterval;

    [Fact]
    public async Task Should_leave_its_channel_alone()
    {
        var room = await EmptyAsync();

        // Whoever calls it brings it back.
        await cluster.DeactivateAsync(room.Main);
        await PassAsync(room, 4 * Watch);

        Assert.Null(cluster.FindSiloOf(room.Main));
    }

    [Fact]
    public async Task Should_hear_of_who_leaves_after_it_was_joined_again()
    {
        var room = await EmptyAsync();
        await cluster.DeactivateAsync(room.Main);
        await room.JoinAsync("ann");
        await PassAsync(room, TimeSpan.FromSeconds(1));

        await room.Main.LeaveAsync(new() { UserId = "ann", ConnectionId = "ann-1" });
        await PassAsync(room, TimeSpan.FromSeconds(1));

        Assert.Equal(RefusalCode.NotMember, (await room.Grain.GetSnapshotAsync("ann")).Refusal?.Code);
    }

    [Fact]
    public async Task Should_look_again_when_somebody_is_refused_for_not_being_there()
    {
        var room = await EmptyAsync();

        // The channel has lost whom to tell.
        await cluster.DeactivateAsync(room.Main);
        Assert.Null((await room.Main.EnterAsync(room.Connection("ann"))).Refusal);
        Assert.Equal(RefusalCode.NotMember, (await room.Grain.GetSnapshotAsync("ann")).Refusal?.Code);
        await PassAsync(room, Watch);

        Assert.Null((await room.Grain.GetSnapshotAsync("ann")).Refusal);
    }

    private async Task<ListeningRoom> EmptyAsync()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        await room.LeaveAsync("owner");
        await PassAsync(room, 2 * Watch);
        return room;
    }

    /// <summary>Lets time pass, and asks the room nothing that it has to look for somebody for.</summary>
    private Task PassAsync(ListeningRoom room, TimeSpan time) => cluster.AdvanceAsync(
        time,
        TimeSpan.FromMilliseconds(500),
        async () => Assert.NotNull((await room.Grain.ActAsync(new RoomCommand { CommandId = "", UserId = "nobody", Action = new Play() })).Refusal));
}
