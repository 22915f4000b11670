using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

[Collection(ClusterTests.Name)]
public sealed class When_the_silo_of_a_room_dies(TestCluster cluster)
{
    [Fact]
    public async Task INV_T1_Should_play_on_at_the_same_position_with_queue_and_votes()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "a", "b");
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        var entries = await room.EnqueueAsync("a", ListeningRoom.Song(2), ListeningRoom.Song(3));
        ListeningRoom.Done(await room.Grain.VoteAsync(room.Command("b"), entries[1], 1));
        await room.AdvanceAsync(TimeSpan.FromSeconds(30));
        var before = await room.ReadAsync();

        await cluster.KillSiloOfAsync(room.Grain);

        var after = await room.ReadAsync();
        Assert.Equal(before.Playback, after.Playback);
        Assert.Equal(before.Revision, after.Revision);
        Assert.Equal([(entries[1], 2), (entries[0], 1)], after.Queue.Window.Select(entry => (entry.EntryId, entry.Score)));
        Assert.Equal(1, (await room.ReadAsync("b")).MyVotes[entries[1]]);
    }

    [Fact]
    public async Task INV_T5_Should_end_the_song_once_at_its_time_though_nobody_calls()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1, seconds: 30), ListeningRoom.Song(2));
        var endsAtMs = (await room.ReadAsync()).Playback.AnchorTimeMs + 30_000;
        await room.AdvanceAsync(TimeSpan.FromSeconds(10));
        await cluster.KillSiloOfAsync(room.Grain);

        cluster.Time.Advance(TimeSpan.FromSeconds(25));

        var snapshot = await room.ReadAsync();
        Assert.Equal([(entries[0], "completed", endsAtMs)], snapshot.History.Select(item => (item.EntryId, item.EndReason, item.EndedAtMs)));
        Assert.Null(snapshot.Playback.EntryId);
    }

    [Fact]
    public async Task Should_go_on_with_the_next_song_when_somebody_is_seen()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1, seconds: 30), ListeningRoom.Song(2), ListeningRoom.Song(3));
        await cluster.KillSiloOfAsync(room.Grain);
        cluster.Time.Advance(TimeSpan.FromMinutes(20));

        var snapshot = await room.JoinAsync("owner");

        var nowMs = cluster.Time.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.Equal((entries[1], nowMs + 500), (snapshot.Playback.EntryId, snapshot.Playback.AnchorTimeMs));
        Assert.Equal(1, snapshot.Queue.Total);
    }

    [Fact]
    public async Task INV_R1_Should_answer_the_same_command_as_before()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var command = room.Command("owner");
        var receipt = ListeningRoom.Done(await room.Grain.EnqueueAsync(command, [ListeningRoom.Song(1)]));

        await cluster.KillSiloOfAsync(room.Grain);

        var again = ListeningRoom.Done(await room.Grain.EnqueueAsync(command, [ListeningRoom.Song(1)]));
        Assert.Equal((receipt.Revision, receipt.EntryIds[0]), (again.Revision, Assert.Single(again.EntryIds)));
        Assert.Equal(0, (await room.ReadAsync()).Queue.Total);
    }

    [Fact]
    public async Task Should_answer_the_same_leave_as_before()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var command = room.Command("guest");
        var receipt = ListeningRoom.Done(await room.Grain.LeaveAsync(command, "guest-1"));
        room.Lose("guest");

        await cluster.KillSiloOfAsync(room.Grain);
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));

        Assert.Equal(receipt.Revision, ListeningRoom.Done(await room.Grain.LeaveAsync(command, "guest-1")).Revision);
    }

    [Fact]
    public async Task Should_still_know_its_members_though_presence_has_died_too()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));

        await KillPresenceAndRoomAsync(room);

        ListeningRoom.Done(await room.Grain.SendChatAsync(room.Command("guest"), "still here"));
        await room.EnqueueAsync("guest", ListeningRoom.Song(2));
        Assert.Equal(RefusalCode.NotReady, ListeningRoom.CodeOf(await room.Grain.PlayAsync(room.Command("stranger"))));
    }

    [Fact]
    public async Task Should_forget_members_who_do_not_come_back_within_the_lease()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        await KillPresenceAndRoomAsync(room);
        room.Lose("guest");

        await room.JoinAsync("owner");
        await room.AdvanceAsync(new RoomOptions().SettleTime + TimeSpan.FromSeconds(1));

        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.SendChatAsync(room.Command("guest"), "hello")));
        ListeningRoom.Done(await room.Grain.SendChatAsync(room.Command("owner"), "hello"));
    }

    [Fact]
    public async Task Should_say_nothing_twice()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        var vector = Assert.Single(cluster.Log.KeptOf(RoomId.PlaybackOf(room.Id)));

        await cluster.KillSiloOfAsync(room.Grain);
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));
        await room.ReadAsync();

        Assert.Equal(vector, Assert.Single(cluster.Log.KeptOf(RoomId.PlaybackOf(room.Id))));
        var said = await ListeningRoom.SaidAsync(room.Queue);
        Assert.Equal(said.Select(publication => publication.Id).Distinct(StringComparer.Ordinal), said.Select(publication => publication.Id));
    }

    [Fact]
    public async Task Should_say_nothing_twice_though_its_housekeeping_was_not_saved_for_long()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        await room.EnqueueAsync("owner", ListeningRoom.Song(1, seconds: 600));
        var vector = Assert.Single(cluster.Log.KeptOf(RoomId.PlaybackOf(room.Id)));
        cluster.Journal.FailAppends(int.MaxValue);
        await room.AdvanceAsync(TimeSpan.FromMinutes(3));
        cluster.Journal.FailAppends(0);

        await cluster.KillSiloOfAsync(room.Grain);
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));
        await room.ReadAsync();

        Assert.Equal(vector, Assert.Single(cluster.Log.KeptOf(RoomId.PlaybackOf(room.Id))));
    }

    [Fact]
    public async Task Should_say_after_the_crash_what_was_saved_before_it()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var channel = RoomId.PlaybackOf(room.Id);
        cluster.Log.Fail(channel, LogFault.BeforeAppend);
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        Assert.Empty(cluster.Log.KeptOf(channel));

        await cluster.KillSiloOfAsync(room.Grain);
        cluster.Log.Fail(channel, LogFault.None);
        var snapshot = await room.ReadAsync();

        var said = Assert.Single(cluster.Log.KeptOf(channel));
        Assert.Equal(snapshot.Playback, said.Data.Read(WireJson.Default.PlaybackVector));
        Assert.Equal(said.Offset, snapshot.Positions[channel].Offset);
    }

    [Fact]
    public async Task Should_not_say_an_older_vector_again_after_a_newer_one()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var channel = RoomId.PlaybackOf(room.Id);
        cluster.Log.Fail(channel, LogFault.BeforeAppend);
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        ListeningRoom.Done(await room.Grain.PauseAsync(room.Command("owner")));
        cluster.Log.Fail(channel, LogFault.None);
        await room.AdvanceAsync(TimeSpan.FromSeconds(2));
        var before = await room.ReadAsync();
        Assert.Equal(before.Playback, Assert.Single(cluster.Log.KeptOf(channel)).Data.Read(WireJson.Default.PlaybackVector));

        await cluster.DeactivateAsync(room.Playback);
        await cluster.KillSiloOfAsync(room.Grain);
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));
        await room.ReadAsync();

        Assert.Equal(before.Playback, Assert.Single(cluster.Log.KeptOf(channel)).Data.Read(WireJson.Default.PlaybackVector));
    }

    [Fact]
    public async Task Should_keep_its_members_when_only_presence_has_died()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");

        await room.AdvanceAsync(TimeSpan.FromSeconds(6));
        await cluster.KillSiloOfAsync(room.Main);
        var snapshot = await room.JoinAsync("owner");
        await room.AdvanceAsync(TimeSpan.FromSeconds(65));

        Assert.Equal(["guest", "owner"], snapshot.Presence.Members.Select(member => member.UserId).Order(StringComparer.Ordinal));
        ListeningRoom.Done(await room.Grain.SendChatAsync(room.Command("guest"), "still here"));
    }

    [Fact]
    public async Task Should_let_go_of_a_member_whom_the_gateway_lost_while_presence_was_dead()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");

        await room.AdvanceAsync(TimeSpan.FromSeconds(6));
        await cluster.KillSiloOfAsync(room.Main);
        room.Lose("guest");
        await room.AdvanceAsync(TimeSpan.FromSeconds(65));

        Assert.Equal(["owner"], (await room.ReadAsync()).Presence.Members.Select(member => member.UserId));
        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.SendChatAsync(room.Command("guest"), "hello")));
    }

    private async Task KillPresenceAndRoomAsync(ListeningRoom room)
    {
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));
        await cluster.KillSiloOfAsync(room.Main);
        await room.BarrierAsync();
        await cluster.KillSiloOfAsync(room.Grain);
    }
}
