using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

[Collection(ClusterTests.Name)]
public sealed class When_rooms_are_listed(TestCluster cluster)
{
    private IRoomDirectoryGrain Directory => cluster.Grains.GetGrain<IRoomDirectoryGrain>(IRoomDirectoryGrain.Key);

    [Fact]
    public async Task Should_show_a_new_room_at_once()
    {
        var room = await ListeningRoom.OpenAsync(cluster);

        Assert.Equal("A room", (await FindAsync(room))?.Name);
    }

    [Fact]
    public async Task Should_show_what_a_room_tells_within_the_interval()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        await room.EnqueueAsync("owner", ListeningRoom.Song(7));

        await room.AdvanceAsync(TimeSpan.FromSeconds(6));

        await Directory.ListAsync(1);
        var listing = await FindAsync(room);
        Assert.Equal((2, "Song 7"), (listing?.ListenerCount, listing?.NowPlaying));
    }

    [Fact]
    public async Task Should_remember_rooms_over_a_crash()
    {
        var room = await ListeningRoom.OpenAsync(cluster);

        await cluster.KillSiloOfAsync(Directory);

        Assert.NotNull(await FindAsync(room));
    }

    private async Task<RoomListing?> FindAsync(ListeningRoom room) =>
        (await Directory.ListAsync(100)).Rooms.FirstOrDefault(listing => listing.RoomId == room.Id);
}
