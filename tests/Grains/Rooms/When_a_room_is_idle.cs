using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

[Collection(ClusterTests.Name)]
public sealed class When_a_room_is_idle(TestCluster cluster)
{
    private const int BytesMax = 64 * 1024;
    private const int MemberBytesMax = 512;
    private const int MembersCount = 500;
    private const int SongsCount = 10;
    private const int LinesCount = 60;

    /// <summary>Until nobody is answered any more what they were.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task INV_R5_should_take_no_more_than_64_KiB_after_an_evening()
    {
        var room = await SpendEveningAsync();
        await AdvanceAsync(room, Pause);
        var other = await ListeningRoom.OpenAsync(cluster);
        await other.PageAsync("owner");

        Assert.InRange(BytesOf(room, other), 1, BytesMax);
    }

    [Fact]
    public async Task INV_R5_should_take_no_more_than_512_bytes_for_a_member()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var other = await ListeningRoom.OpenAsync(cluster);
        await other.PageAsync("owner");
        await room.PageAsync("owner");
        var alone = BytesOf(room, other);
        for (var i = 0; i < MembersCount; i++)
            await room.JoinAsync($"{Guid.NewGuid():N}");
        await AdvanceAsync(room, Pause);

        Assert.InRange((BytesOf(room, other) - alone) / MembersCount, 1, MemberBytesMax);
    }

    /// <summary>Three who queue as much as they may, vote, chat, and skip some songs.</summary>
    private async Task<ListeningRoom> SpendEveningAsync()
    {
        string[] users = ["owner", "anna", "bob"];
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "anna", "bob");
        foreach (var (user, index) in users.Select((user, index) => (user, index)))
            await room.EnqueueAsync(user, [.. Enumerable.Range(index * SongsCount, SongsCount).Select(number => ListeningRoom.Song(number))]);
        for (var i = 0; i < LinesCount; i++)
        {
            await room.SayAsync(users[i % users.Length], $"line {i}");
            await AdvanceAsync(room, TimeSpan.FromSeconds(1));
        }

        for (var i = 0; i < SongsCount; i++)
        {
            var snapshot = await room.ReadAsync();
            await room.Grain.VoteAsync(room.Command("anna"), snapshot.Queue.Window[^1].EntryId, 1);
            ListeningRoom.Done(await room.Grain.SkipAsync(room.Command("owner"), snapshot.Playback.EntryId!));
            await AdvanceAsync(room, TimeSpan.FromSeconds(5));
        }

        ListeningRoom.Done(await room.Grain.PauseAsync(room.Command("owner")));
        return room;
    }

    private Task AdvanceAsync(ListeningRoom room, TimeSpan by) => cluster.AdvanceAsync(by, TimeSpan.FromSeconds(5), async () =>
    {
        await room.RenewAsync();
        await room.BarrierAsync();
    });

    /// <summary>Of the room and its chat, without what all rooms share.</summary>
    private long BytesOf(ListeningRoom room, ListeningRoom other) => Footprint.BytesOf(GrainsOf(room), GrainsOf(other));

    private object[] GrainsOf(ListeningRoom room) => [cluster.InstanceOf(room.Grain), cluster.InstanceOf(room.Talk)];
}
