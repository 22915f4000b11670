using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

[Collection(ClusterTests.Name)]
public sealed class When_joining_a_room(TestCluster cluster)
{
    /// <summary>The answer of before is not enough: the connection has joined since.</summary>
    [Fact]
    public async Task Should_be_out_after_a_leave_that_was_sent_again()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var leave = room.Command("guest") with { Action = new LeaveRoom() };
        var left = ListeningRoom.Done(await room.Grain.LeaveAsync(leave, room.Exit("guest")));
        await room.JoinAsync("guest");

        var again = ListeningRoom.Done(await room.Grain.LeaveAsync(leave, room.Exit("guest")));

        Assert.Equal(left, again);
        Assert.Equal(["owner"], (await room.Main.ReadPresenceAsync()).Members.Select(member => member.UserId));
    }

    [Fact]
    public async Task Should_get_everything_at_once()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1), ListeningRoom.Song(2));
        ListeningRoom.Done(await room.Grain.SendChatAsync(room.Command("owner"), "hello"));
        await room.JoinAsync("voter");
        ListeningRoom.Done(await room.Grain.VoteAsync(room.Command("voter"), entries[1], 1));

        var snapshot = await room.JoinAsync("voter");

        Assert.Equal((room.Id, "owner", "owner", RoomRole.Listener), (snapshot.RoomId, snapshot.OwnerUserId, snapshot.HostUserId, snapshot.MyRole));
        Assert.Equal((entries[0], entries[1]), (snapshot.Playback.EntryId, snapshot.Playback.Next?.EntryId));
        Assert.Equal([(entries[1], 2)], snapshot.Queue.Window.Select(entry => (entry.EntryId, entry.Score)));
        Assert.Equal(1, snapshot.MyVotes[entries[1]]);
        Assert.Equal("hello", Assert.Single(snapshot.Chat).Data.Read(WireJson.Default.ChatMessage)!.Text);
        Assert.Equal(["owner", "voter"], snapshot.Presence.Members.Select(member => member.UserId));
        Assert.Equal(RoomId.ChannelsOf(room.Id).Order(StringComparer.Ordinal), snapshot.Positions.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(RoomRole.Host, (await room.JoinAsync("owner")).MyRole);
    }

    [Fact]
    public async Task Should_get_the_own_vote_to_skip_and_nobody_elses()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "voter", "other");
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        await room.AdvanceAsync(TimeSpan.FromSeconds(20));
        ListeningRoom.Done(await room.Grain.VoteSkipAsync(room.Command("voter"), entries[0], true));

        Assert.True((await room.JoinAsync("voter")).MySkipVote);
        Assert.False((await room.JoinAsync("other")).MySkipVote);

        ListeningRoom.Done(await room.Grain.VoteSkipAsync(room.Command("voter"), entries[0], false));

        Assert.False((await room.ReadAsync("voter")).MySkipVote);
    }

    [Fact]
    public async Task Should_continue_from_the_snapshot_without_gap_or_duplicate_while_everybody_is_busy()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "a", "b", "c");
        var busy = Task.WhenAll(((string[])["a", "b", "c"]).Select(user => KeepBusyAsync(room, user)));
        var snapshots = new List<RoomSnapshot>();
        for (var i = 0; i < 20; i++)
            snapshots.Add(await room.JoinAsync($"late{i}"));
        await busy;

        foreach (var snapshot in snapshots)
        {
            await AssertContinuesAsync(room.Queue, snapshot, RoomId.QueueOf(room.Id));
            await AssertContinuesAsync(room.Chat, snapshot, RoomId.ChatOf(room.Id));
            await AssertQueueAsync(room, snapshot);
            Assert.Equal(snapshot.Positions[RoomId.ChatOf(room.Id)].Offset, snapshot.Chat.IsEmpty ? 0 : snapshot.Chat[^1].Offset);
        }
    }

    [Fact]
    public async Task Should_refuse_an_unknown_room()
    {
        var room = new ListeningRoom(cluster, "no-such-room");

        Assert.Equal(RefusalCode.RoomNotFound, ListeningRoom.CodeOf(await room.Grain.JoinAsync(room.Command("u"), room.Connection("u"))));
        Assert.Equal(RefusalCode.RoomNotFound, ListeningRoom.CodeOf(await room.Grain.PlayAsync(room.Command("u"))));
    }

    [Fact]
    public async Task Should_refuse_another_users_connection()
    {
        var room = await ListeningRoom.OpenAsync(cluster);

        var answer = await room.Grain.JoinAsync(room.Command("u"), room.Connection("somebody-else"));

        Assert.Equal((RefusalCode.BadRequest, "userId"), (answer.Refusal!.Code, answer.Refusal.Detail));
    }

    [Fact]
    public async Task Should_refuse_commands_of_who_is_not_here()
    {
        var room = await ListeningRoom.OpenAsync(cluster);

        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.SendChatAsync(room.Command("stranger"), "hello")));
        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.EnqueueAsync(room.Command("stranger"), [ListeningRoom.Song(1)])));
        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.GetSnapshotAsync("stranger")));
    }

    [Fact]
    public async Task Should_refuse_commands_of_who_left()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");

        await room.LeaveAsync("guest");
        await room.AdvanceAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.PlayAsync(room.Command("guest"))));
        Assert.Equal(["owner"], (await room.ReadAsync()).Presence.Members.Select(member => member.UserId));
    }

    [Fact]
    public async Task Should_keep_a_user_with_another_connection()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        ListeningRoom.Done(await room.Grain.JoinAsync(room.Command("guest"), room.Connection("guest", "guest-2")));

        await room.LeaveAsync("guest");
        await room.AdvanceAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(2, (await room.ReadAsync("guest")).Presence.Total);
    }

    [Fact]
    public async Task Should_answer_malformed_arguments_with_the_field()
    {
        var room = await ListeningRoom.OpenAsync(cluster);

        Assert.Equal("commandId", (await room.Grain.PlayAsync(room.Command("owner", ""))).Refusal!.Detail);
        Assert.Equal("commandId", (await room.Grain.PlayAsync(room.Command("owner", new string('x', 65)))).Refusal!.Detail);
        Assert.Equal("entryId", (await room.Grain.VoteAsync(room.Command("owner"), null!, 1)).Refusal!.Detail);
        Assert.Equal("tracks", (await room.Grain.EnqueueAsync(room.Command("owner"), default)).Refusal!.Detail);
        Assert.Equal("toUserId", (await room.Grain.TransferHostAsync(room.Command("owner"), "")).Refusal!.Detail);
        Assert.Equal("connectionId", (await room.Grain.LeaveAsync(room.Command("owner"), (string)null!)).Refusal!.Detail);
        Assert.Equal("text", (await room.Grain.SendChatAsync(room.Command("owner"), null!)).Refusal!.Detail);
    }

    private static async Task KeepBusyAsync(ListeningRoom room, string user)
    {
        for (var i = 0; i < 10; i++)
        {
            var track = ListeningRoom.Song(1) with { Url = $"/tracks/{user}/{i}" };
            var entries = ListeningRoom.Done(await room.Grain.EnqueueAsync(room.Command(user), [track])).EntryIds;
            if (i < 5)
                ListeningRoom.Done(await room.Grain.SendChatAsync(room.Command(user), $"I added {entries[0]}"));
            await room.Grain.VoteAsync(room.Command("owner"), entries[0], 1);
        }
    }

    private static async Task AssertContinuesAsync(IChannelGrain channel, RoomSnapshot snapshot, string name)
    {
        var since = snapshot.Positions[name];
        var recovery = await channel.RecoverAsync(new RecoverRequest { Since = since });
        Assert.Equal(Verdict.Recovered, recovery.Verdict);
        var offsets = recovery.Publications.Select(publication => publication.Offset).ToList();
        if (recovery.Class == DeliveryClass.Ordered)
            Assert.Equal(Enumerable.Range(1, offsets.Count).Select(number => since.Offset + number), offsets);
        Assert.Equal(recovery.Position.Offset, offsets.Count == 0 ? since.Offset : offsets[^1]);
    }

    /// <summary>What was said up to the position is in the snapshot, what was said after it is not.</summary>
    private static async Task AssertQueueAsync(ListeningRoom room, RoomSnapshot snapshot)
    {
        var position = snapshot.Positions[RoomId.QueueOf(room.Id)];
        foreach (var publication in (await ListeningRoom.SaidAsync(room.Queue)).Where(publication => publication.Event == QueueChanged.EventName))
        {
            var revision = publication.Data.Read(WireJson.Default.QueueChanged)!.Revision;
            Assert.Equal(publication.Offset <= position.Offset, revision <= snapshot.Revision);
        }
    }
}
