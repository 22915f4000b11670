using WhatsSound.Client;
using WhatsSound.Tests.Gateway.Sockets;

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
    public async Task Should_know_what_the_user_said_by_vote_on_another_connection()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob");
        await using var bobs = await server.ConnectLiveAsync("bob");
        var host = await OpenAsync(ann);
        var (room, other) = (bob.Room(host.Id), bobs.Room(host.Id));
        await room.JoinAsync();
        await other.JoinAsync();
        var (states, hosts) = (States(other), States(host));
        await host.EnqueueAsync([Song, Song with { Url = "https://songs.example/two.mp3", Title = "Two" }]);
        var queue = (await states.UntilAsync(all => all is [.., { Queue.Window.Count: 1 }]))[^1].Queue;
        var (playing, queued) = (queue.Current!.EntryId, queue.Window[0].EntryId);

        Assert.Null((await room.VoteAsync(queued, 1)).Refusal);
        Assert.Null((await room.VoteAsync(playing, -1)).Refusal);
        var votes = (await states.UntilAsync(all => all is [.., { MyVotes.Count: 2, Queue: { Current.Score: 0, Window: [{ Score: 2 }] } }]))[^1].MyVotes;
        Assert.Equal((1, -1), (votes[queued], votes[playing]));
        await hosts.UntilAsync(all => all is [.., { Queue: { Current.Score: 0, Window: [{ Score: 2 }] } }]);
        Assert.DoesNotContain(hosts.All, state => state.MyVotes.ContainsKey(playing) && state.MyVotes[playing] < 0);

        Assert.Null((await room.VoteAsync(queued, 0)).Refusal);
        await states.UntilAsync(all => all is [.., { MyVotes.Count: 1, Queue.Window: [{ Score: 1 }] }]);
    }

    [Fact]
    public async Task Should_follow_what_is_said_and_changed_and_read_what_was()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob");
        var host = await OpenAsync(ann);
        var room = bob.Room(host.Id);
        await room.JoinAsync();
        var states = States(room);
        var pulse = bob.Channel($"room:{host.Id}:pulse");
        var told = new Heard<WhatsSound.Client.Publication>();
        pulse.Published += told.Add;
        await pulse.SubscribeAsync();

        var first = (await host.SendChatAsync("helo")).Value.Position!.Offset;
        Assert.Null((await host.EditChatAsync(first, "hello: https://a.example/x")).Refusal);
        var second = (await room.SendChatAsync("hi", replyTo: first, mentions: ["ann"])).Value.Position!.Offset;
        var third = (await room.SendChatAsync("never mind")).Value.Position!.Offset;
        Assert.Null((await room.DeleteChatAsync(third)).Refusal);
        await host.ReactAsync("\U0001F525", second);
        await host.SetTypingAsync(true);
        var seen = (await states.UntilAsync(all => all is [.., { Chat: [{ EditedAtMs: not null }, _, { IsDeleted: true }] }]))[^1];

        Assert.Equal([("hello: https://a.example/x", null), ("hi", (long?)first), ("", null)], seen.Chat.Select(line => (line.Text, line.ReplyTo)));
        Assert.Equal(new WhatsSound.Client.LinkSpan(7, 19), Assert.Single(seen.Chat[0].Links));
        Assert.Equal("FORBIDDEN", (await room.EditChatAsync(first, "mine")).Refusal?.Code);
        var page = (await room.GetChatAsync(limit: 2)).Value;
        Assert.Equal([second, third], page.Lines.Select(line => line.Offset));
        Assert.Equal(second, page.Next);
        Assert.Equal(seen.Chat[0].Text, Assert.Single((await room.GetChatAsync(before: page.Next)).Value.Lines).Text);
        // That nobody writes any more is told under the same key.
        await told.UntilAsync(all => all.Select(publication => publication.Key).Distinct().Order(StringComparer.Ordinal).SequenceEqual([$"reactions:{second}", "typing"]));
    }

    [Fact]
    public async Task Should_find_rooms_know_its_own_and_be_told_of_whom_it_follows()
    {
        await using var dj = await server.ConnectLiveAsync("a-dj");
        await using var fan = await server.ConnectLiveAsync("a-fan");
        var told = new TaskCompletionSource<string?>();
        var notices = fan.Channel("user:a-fan:notifications");
        notices.Published += publication => told.TrySetResult(publication.Event);
        Assert.Null((await notices.SubscribeAsync()).Refusal);
        var host = await OpenAsync(dj);
        Assert.Null(await fan.FollowAsync("a-dj"));

        await host.EnqueueAsync([Song]);

        Assert.Equal("djLive", await told.Task);
        Assert.Equal(["a-dj"], (await fan.GetFollowsAsync()).Value.Users.Select(user => user.UserId));
        Assert.Null(await fan.UnfollowAsync("a-dj"));
        Assert.Empty((await fan.GetFollowsAsync()).Value.Users);
        Assert.Contains((await dj.GetMyRoomsAsync()).Value.Owned, room => room is { Name: "The den", Status: "open" } && room.RoomId == host.Id);
        Assert.Contains((await fan.FindRoomsAsync("DEN the")).Value.Rooms, room => room.RoomId == host.Id);
    }

    [Fact]
    public async Task Should_read_what_was_played_and_what_it_comes_to()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        var host = await OpenAsync(ann);
        var entryId = (await host.EnqueueAsync([Song])).Value.EntryIds[0];
        Assert.Null((await host.SkipAsync(entryId)).Refusal);

        var play = Assert.Single((await host.GetPlaysAsync()).Value.Plays);

        Assert.Equal((1, entryId, "One", "hostSkip", 1), (play.Number, play.Song.EntryId, play.Song.Track.Title, play.Song.EndReason, play.Song.PeakListeners));
        Assert.Empty((await host.GetPlaysAsync(before: 1)).Value.Plays);
        var statistics = await Eventually.UntilAsync(async () => (await host.GetStatisticsAsync()).Value, static statistics => statistics.Plays == 1);
        Assert.Equal([("ann", 1)], statistics.Djs.Select(dj => (dj.UserId, dj.Plays)));
    }

    [Fact]
    public async Task Should_manage_the_queue_and_read_it()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        var host = await OpenAsync(ann);
        var added = (await host.EnqueueAsync([Song, Song, .. Enumerable.Range(2, 4).Select(number => Song with { Url = $"https://songs.example/{number}.mp3" })])).Value;
        Assert.Equal((5, "DUPLICATE_TRACK"), (added.EntryIds.Count, added.Songs![1].Refusal?.Code));
        var last = added.EntryIds[^1];

        Assert.Null((await host.MoveEntryAsync(last, added.EntryIds[1])).Refusal);
        Assert.Null((await host.PinEntryAsync(added.EntryIds[3])).Refusal);
        var page = (await host.GetQueuePageAsync(count: 2)).Value;
        var rest = (await host.GetQueuePageAsync(page.Next)).Value;
        var reason = (await host.GetPlaceReasonAsync(last)).Value;
        Assert.Equal([added.EntryIds[3], last, added.EntryIds[1], added.EntryIds[2]], page.Entries.Concat(rest.Entries).Select(entry => entry.EntryId));
        Assert.Equal((2, 4, "pinned"), (reason.Place, reason.Total, reason.Before[0].Cause));

        var cleared = (await host.ClearQueueAsync()).Value;
        Assert.Equal(0, (await host.GetQueuePageAsync()).Value.Total);
        Assert.Null((await host.UndoAsync(cleared.Operation!.Value)).Refusal);
        var states = States(host);
        Assert.Null((await host.SetQueueModeAsync(new QueueSettings(Mode: "fifo", IsVotingOff: true))).Refusal);
        Assert.Null((await host.ShuffleQueueAsync()).Refusal);
        Assert.Null((await host.SetFallbackAsync([Song with { Url = "https://songs.example/always.mp3" }])).Refusal);
        Assert.Null((await host.SetRateAsync(1500)).Refusal);
        await host.ReportLatencyAsync(TimeSpan.FromMilliseconds(20));
        await host.ReportUnplayableAsync(added.EntryIds[0]);
        var seen = (await states.UntilAsync(all => all is [.., { Queue: { Mode: "fifo", Limits.IsVotingOff: true, Total: 4 }, Playback.RatePermille: 1500 }]))[^1];
        Assert.Equal(4, seen.Queue.Window.Count);
    }

    [Fact]
    public async Task Should_say_who_is_what_and_keep_order()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob");
        var host = await OpenAsync(ann);
        var room = bob.Room(host.Id);
        var (states, ended) = (States(host), new Heard<WhatsSound.Client.Refusal>());
        room.Ended += ended.Add;
        await room.JoinAsync();

        Assert.Null((await host.ActAsync(new GrantRole("bob", "moderator"))).Refusal);
        Assert.Null((await host.ActAsync(new UpdateSettings { Name = "The loft", Password = "open", SlowModeSeconds = 2, Tags = ["jazz"] })).Refusal);
        Assert.Equal("FORBIDDEN", (await room.ActAsync(new CloseRoom("late"))).Refusal!.Code);
        Assert.Equal("TARGET_RANK_TOO_HIGH", (await room.ActAsync(new KickMember("ann"))).Refusal!.Code);
        var invite = (await host.ActAsync(new CreateInvite(TimeSpan.FromHours(1), 2))).Value.Invite!;
        var seen = (await states.UntilAsync(all => all is [.., { Settings: { Name: "The loft", HasPassword: true, SlowModeSeconds: 2 }, Roles.Holders.Count: 2 }]))[^1];
        Assert.Equal(["ann owner", "bob moderator"], seen.Roles.Holders.Select(holder => $"{holder.UserId} {holder.Role}"));

        Assert.Null((await host.ActAsync(new BanMember("bob", TimeSpan.FromHours(1), "enough"))).Refusal);
        Assert.Equal("BANNED", (await ended.UntilAsync(all => all.Count == 1))[0].Code);
        Assert.Equal("BANNED", (await room.JoinAsync(new JoinOptions(Invite: invite))).Refusal!.Code);
        var sanctions = (await host.ReadRecordsAsync(RoomRecordKind.Sanctions)).Value;
        Assert.Equal(("ban", "bob", "enough"), (sanctions.Records[0].Action, sanctions.Records[0].UserId, sanctions.Records[0].Detail));

        await using var carl = await server.ConnectLiveAsync("carl");
        Assert.Equal("PASSWORD_WRONG", (await carl.Room(host.Id).JoinAsync(new JoinOptions(Password: "shut"))).Refusal!.Code);
        Assert.Null((await carl.Room(host.Id).JoinAsync(new JoinOptions(Invite: invite))).Refusal);
        Assert.Null((await host.ActAsync(new CloseRoom("late"))).Refusal);
        Assert.Null((await host.ReopenAsync()).Refusal);
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
        Assert.Equal([WhatsSound.Client.Verdict.Live, WhatsSound.Client.Verdict.Recovered], await verdicts.UntilAsync(all => all.Count >= 2));
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

    [Fact]
    public async Task Should_see_how_the_room_is_set_and_whose_it_is()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob");
        var host = await OpenAsync(ann);
        var room = bob.Room(host.Id);
        var states = States(room);
        await room.JoinAsync();
        await using var settings = await HubClient.ConnectAsync(server.Server.Address, server.Server.TokenOf("ann"));

        await settings.ResultAsync("UpdateSettings", new { roomId = host.Id, commandId = "rename", name = "The other den" });
        await settings.ResultAsync("GrantRole", new { roomId = host.Id, commandId = "give", toUserId = "bob", role = "owner" });
        await states.UntilAsync(all => all is [.., { Roles.OwnershipOffer.ToUserId: "bob", OwnerUserId: "ann" }]);
        Assert.Null((await room.ActAsync(new WhatsSound.Client.AcceptOwnership())).Refusal);

        await states.UntilAsync(all => all is [.., { Settings.Name: "The other den", OwnerUserId: "bob" }]);
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
