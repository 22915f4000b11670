using WhatsSound.Channels;
using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;
using WhatsSound.Tests.Grains.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Tests.Grains.Placement;

/// <summary>From one silo to the other, each with what it has kept and what it remembers.</summary>
public sealed class When_grains_move : IAsyncLifetime
{
    private readonly TestCluster _cluster = new();

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Should_find_a_room_its_chat_its_channels_and_its_plays_whole()
    {
        var room = await ListeningRoom.OpenAsync(_cluster, "owner", "guest");
        var plays = _cluster.Grains.GetGrain<IRoomPlaysGrain>(RoomId.KeyOf(room.Id));
        var songs = await room.EnqueueAsync("owner", ListeningRoom.Song(1), ListeningRoom.Song(2));
        ListeningRoom.Done(await room.Grain.SkipAsync(room.Command("owner"), songs[0]));
        await room.SayAsync("guest", "hello");
        await room.AdvanceAsync(TimeSpan.FromSeconds(10));
        var before = await room.ReadAsync();
        var playsBefore = await plays.ReadStatisticsAsync();
        Assert.Equal(1, playsBefore.Plays);

        foreach (var name in RoomId.ChannelsOf(room.Id))
            await _cluster.MigrateAsync(_cluster.Grains.GetChannel(name));
        await _cluster.MigrateAsync(room.Talk);
        await _cluster.MigrateAsync(plays);
        await _cluster.MigrateAsync(room.Grain);

        var after = await room.ReadAsync();
        Assert.Equal(before.Positions, after.Positions);
        Assert.Equal((before.Revision, before.Playback, before.History.Single()), (after.Revision, after.Playback, after.History.Single()));
        Assert.Equal(before.Presence.Members.Select(member => member.UserId), after.Presence.Members.Select(member => member.UserId));
        Assert.Equal("hello", ListeningRoom.MessageOf((await room.PageAsync("guest")).Lines.Single()).Text);
        Assert.Equal(playsBefore.Plays, (await plays.ReadStatisticsAsync()).Plays);
        Assert.Empty(_cluster.Errors);
    }

    [Fact]
    public async Task Should_find_what_users_have_and_the_list_of_rooms_whole()
    {
        var room = await ListeningRoom.OpenAsync(_cluster, "owner");
        var follows = _cluster.Grains.GetGrain<IUserFollowsGrain>(UserId.KeyOf("fan"));
        var followers = _cluster.Grains.GetGrain<IUserFollowersGrain>(UserId.KeyOf("owner"));
        var rooms = _cluster.Grains.GetGrain<IUserRoomsGrain>(UserId.KeyOf("owner"));
        ListeningRoom.Done(await follows.FollowAsync("owner"));
        Assert.Equal(room.Id, (await rooms.ReadAsync()).Owned.Single().RoomId);

        var user = _cluster.Grains.GetGrain<IUserGrain>(UserId.KeyOf("owner"));
        await user.GetConnectionsAsync();
        var part = _cluster.Grains.GetGrain<IRoomShardGrain>(IRoomShardGrain.KeyOf(RoomShards.NumberOf(room.Id, new RoomDirectoryOptions().ShardsCount)));
        Assert.Equal(room.Id, (await part.FindAsync(new RoomQuery { CountMax = 10 })).Rooms.Single().RoomId);

        foreach (var grain in (IAddressable[])[part, follows, followers, rooms, user])
            await _cluster.MigrateAsync(grain);

        Assert.Equal("owner", (await follows.ReadAsync()).Users.Single().UserId);
        Assert.Equal(room.Id, (await rooms.ReadAsync()).Owned.Single().RoomId);
        Assert.Equal(room.Id, (await part.FindAsync(new RoomQuery { CountMax = 10 })).Rooms.Single().RoomId);
        ListeningRoom.Done(await follows.UnfollowAsync("owner"));
        Assert.Empty(_cluster.Errors);
    }
}
