using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients;

public sealed class When_a_dotnet_client_is_in_a_room(ClientServer server) : IClassFixture<ClientServer>
{
    private static readonly WhatsSound.Client.Track Song = new("https://songs.example/one.mp3", "One", 180_000, "Nobody");

    [Fact]
    public async Task Should_see_chat_queue_votes_and_playback()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob");
        var host = await OpenAsync(ann);
        var room = bob.Room(host.Id);
        var states = States(room);
        Assert.Equal("The den", (await room.JoinAsync()).Value.Settings.Name);

        await host.EnqueueAsync([Song, Song with { Url = "https://songs.example/two.mp3", Title = "Two" }]);
        var queued = (await states.UntilAsync(all => all is [.., { Queue.Window.Count: 1 }]))[^1];
        Assert.Null((await room.SendChatAsync("hello")).Refusal);
        Assert.Null((await room.VoteAsync(queued.Queue.Window[0].EntryId, 1)).Refusal);
        var seen = (await states.UntilAsync(all => all is [.., { Chat.Count: 1, MyVotes.Count: 1, Playback.Status: WhatsSound.Client.PlaybackStatus.Playing, Queue.Window: [{ Score: 2 }] }]))[^1];

        Assert.Equal(("hello", "The bob", "bob"), (seen.Chat[0].Text, seen.Chat[0].DisplayName, seen.Chat[0].UserId));
        Assert.Equal(["ann", "bob"], seen.Members.Select(member => member.UserId));
        Assert.Equal(("ann", "One", "The ann"), (seen.HostUserId, seen.Queue.Current!.Track.Title, seen.Queue.Current.AddedByName));
        Assert.InRange(seen.Playback.PositionAt(seen.Playback.AnchorTimeMs + 1_500), 1_499, 1_501);
    }

    [Fact]
    public async Task Should_recover_over_a_cut()
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob", proxy.Address);
        var host = await OpenAsync(ann);
        var room = bob.Room(host.Id);
        var (states, verdicts) = (States(room), new Heard<WhatsSound.Client.Verdict>());
        room.Recovered += verdicts.Add;
        await room.JoinAsync();

        proxy.Cut();
        Assert.Null((await host.SendChatAsync("while you were away")).Refusal);
        var saying = room.SendChatAsync("and I was");
        proxy.Restore();
        await states.UntilAsync(all => all is [.., { Chat.Count: 2 }]);

        Assert.Null((await saying).Refusal);
        Assert.Equal(["while you were away", "and I was"], room.State!.Chat.Select(line => line.Text));
        Assert.Equal([WhatsSound.Client.Verdict.Live, WhatsSound.Client.Verdict.Recovered], verdicts.All);
    }

    [Fact]
    public async Task Should_not_be_there_once_it_has_left()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob");
        var host = await OpenAsync(ann);
        var states = States(host);
        var room = bob.Room(host.Id);
        await room.JoinAsync();
        await states.UntilAsync(all => all is [.., { MemberTotal: 2 }]);

        Assert.Null(await room.LeaveAsync());
        await states.UntilAsync(all => all is [.., { MemberTotal: 1 }]);

        Assert.Null(room.State);
        Assert.Null(await room.LeaveAsync());
        Assert.Equal("NOT_MEMBER", (await room.SendChatAsync("hello")).Refusal!.Code);
        Assert.Equal("ROOM_NOT_FOUND", (await bob.Room("nowhere").JoinAsync()).Refusal!.Code);
        Assert.Contains((await bob.ListRoomsAsync(100)).Value.Rooms, listed => listed.RoomId == host.Id);
    }

    private async Task<Room> OpenAsync(Connection owner)
    {
        var roomId = server.Server.NewName("den");
        Assert.Null((await owner.CreateRoomAsync(roomId, new WhatsSound.Client.RoomSettings("The den"))).Refusal);
        var room = owner.Room(roomId);
        Assert.Null((await room.JoinAsync()).Refusal);
        return room;
    }

    private static Heard<RoomState> States(Room room)
    {
        var states = new Heard<RoomState>();
        room.Changed += states.Add;
        return states;
    }
}
