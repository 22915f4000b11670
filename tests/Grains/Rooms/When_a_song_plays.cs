using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

[Collection(ClusterTests.Name)]
public sealed class When_a_song_plays(TestCluster cluster)
{
    [Fact]
    public async Task Should_be_announced_by_the_lead()
    {
        var room = await ListeningRoom.OpenAsync(cluster);

        await room.EnqueueAsync("owner", ListeningRoom.Song(1));

        var vector = (await room.ReadAsync()).Playback;
        Assert.Equal((PlaybackStatus.Playing, 0, cluster.NowMs + 500), (vector.Status, vector.AnchorPositionMs, vector.AnchorTimeMs));
    }

    [Fact]
    public async Task Should_end_once_at_its_time_and_be_followed_by_the_next()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1, seconds: 10), ListeningRoom.Song(2, seconds: 10));
        var endsAtMs = (await room.ReadAsync()).Playback.AnchorTimeMs + 10_000;

        await room.AdvanceAsync(TimeSpan.FromSeconds(11));

        var snapshot = await room.ReadAsync();
        Assert.Equal((entries[1], endsAtMs + 500), (snapshot.Playback.EntryId, snapshot.Playback.AnchorTimeMs));
        Assert.Equal([(entries[0], "completed", endsAtMs)], snapshot.History.Select(item => (item.EntryId, item.EndReason, item.EndedAtMs)));
        await room.AdvanceAsync(TimeSpan.FromSeconds(11));
        Assert.Equal(PlaybackStatus.Idle, (await room.ReadAsync()).Playback.Status);
    }

    [Fact]
    public async Task Should_not_end_by_what_listeners_report()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "a", "b");
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1), ListeningRoom.Song(2));

        // So that all of them have a say.
        await room.AdvanceAsync(TimeSpan.FromSeconds(11));
        Assert.Equal(2, (await room.ReadAsync()).Skip.Need);

        ListeningRoom.Done(await room.Grain.ReportEndedAsync("a", entries[0]));

        Assert.Equal(entries[0], (await room.ReadAsync()).Playback.EntryId);
        var stale = await room.Grain.ReportEndedAsync("owner", entries[1]);
        Assert.Equal((RefusalCode.StaleEntry, entries[0]), (stale.Refusal!.Code, stale.Refusal.Detail));
    }

    [Fact]
    public async Task Should_keep_its_position_over_pause_and_play()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        await room.AdvanceAsync(TimeSpan.FromSeconds(20.5));

        ListeningRoom.Done(await room.Grain.PauseAsync(room.Command("owner")));
        await room.AdvanceAsync(TimeSpan.FromSeconds(40));
        Assert.Equal(20_000, (await room.ReadAsync()).Playback.PositionAtMs(cluster.NowMs));
        ListeningRoom.Done(await room.Grain.PlayAsync(room.Command("owner")));
        await room.AdvanceAsync(TimeSpan.FromSeconds(10.5));

        Assert.Equal(30_000, (await room.ReadAsync()).Playback.PositionAtMs(cluster.NowMs));
    }

    [Fact]
    public async Task Should_end_where_a_seek_put_its_end()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1, seconds: 180));

        ListeningRoom.Done(await room.Grain.SeekAsync(room.Command("owner"), entries[0], 175_000));
        await room.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(entries[0], (await room.ReadAsync()).Playback.EntryId);
        await room.AdvanceAsync(TimeSpan.FromSeconds(0.5));

        Assert.Null((await room.ReadAsync()).Playback.EntryId);
    }

    [Fact]
    public async Task Should_be_told_to_the_playback_channel_with_each_change()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        ListeningRoom.Done(await room.Grain.PauseAsync(room.Command("owner")));

        var said = Assert.Single(await ListeningRoom.SaidAsync(room.Playback));

        Assert.Equal((2, "playback", "vector"), (said.Offset, said.Event, said.Key));
        Assert.Equal((await room.ReadAsync()).Playback, said.Data.Read(WireJson.Default.PlaybackVector));
    }

    [Fact]
    public async Task Should_be_voted_away_when_the_second_voter_has_been_here_long_enough()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "early");
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1), ListeningRoom.Song(2));
        await room.AdvanceAsync(TimeSpan.FromSeconds(10));
        await room.JoinAsync("late");
        ListeningRoom.Done(await room.Grain.VoteSkipAsync(room.Command("early"), entries[0], true));
        ListeningRoom.Done(await room.Grain.VoteSkipAsync(room.Command("late"), entries[0], true));

        await room.AdvanceAsync(TimeSpan.FromSeconds(9.5));
        Assert.Equal(entries[0], (await room.ReadAsync()).Playback.EntryId);
        await room.AdvanceAsync(TimeSpan.FromSeconds(0.5));

        var snapshot = await room.ReadAsync();
        Assert.Equal(entries[1], snapshot.Playback.EntryId);
        Assert.Equal("voteSkip", snapshot.History[0].EndReason);
    }

    [Fact]
    public async Task Should_pass_on_the_hosts_position_ten_times_a_second_and_the_last_one()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));
        var before = (await room.Playback.RecoverAsync(new())).Position.Offset;

        for (var report = 1; report <= 120; report++)
        {
            ListeningRoom.Done(await room.Grain.ReportHostPositionAsync("owner", entries[0], 500 + report));
            await cluster.AdvanceAsync(TimeSpan.FromMilliseconds(16), TimeSpan.FromMilliseconds(16), room.BarrierAsync);
        }

        await room.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.InRange((await room.Playback.RecoverAsync(new())).Position.Offset - before, 15, 22);
        var last = (await ListeningRoom.SaidAsync(room.Playback)).Last(publication => publication.Event == RoomEvents.HostPosition);
        Assert.Equal(620, last.Data.Read(WireJson.Default.HostPosition)!.PositionMs);
    }

    [Fact]
    public async Task Should_be_anchored_where_the_host_is_once_a_drift_has_lasted()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        await room.AdvanceAsync(TimeSpan.FromSeconds(10.5));

        ListeningRoom.Done(await room.Grain.ReportHostPositionAsync("owner", entries[0], 60_000));
        Assert.Equal(10_000, (await room.ReadAsync()).Playback.PositionAtMs(cluster.NowMs));
        await room.AdvanceAsync(TimeSpan.FromSeconds(0.5));
        ListeningRoom.Done(await room.Grain.ReportHostPositionAsync("owner", entries[0], 60_500));

        Assert.Equal(60_500, (await room.ReadAsync()).Playback.PositionAtMs(cluster.NowMs));
    }

    [Fact]
    public async Task Should_not_pass_on_a_position_of_who_is_host_no_more()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));
        ListeningRoom.Done(await room.Grain.ReportHostPositionAsync("owner", entries[0], 500));
        ListeningRoom.Done(await room.Grain.ReportHostPositionAsync("owner", entries[0], 510));

        ListeningRoom.Done(await room.Grain.TransferHostAsync(room.Command("owner"), "guest"));
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));

        var told = Assert.Single(await ListeningRoom.SaidAsync(room.Playback), publication => publication.Event == RoomEvents.HostPosition);
        Assert.Equal(("owner", 500), (told.Publisher, told.Data.Read(WireJson.Default.HostPosition)!.PositionMs));
    }

    [Fact]
    public async Task Should_refuse_listeners_reports()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1));

        Assert.Equal(RefusalCode.Forbidden, ListeningRoom.CodeOf(await room.Grain.ReportHostPositionAsync("guest", entries[0], 0)));
        Assert.Equal(RefusalCode.StaleEntry, ListeningRoom.CodeOf(await room.Grain.ReportHostPositionAsync("owner", "other", 0)));
        Assert.Equal(RefusalCode.InvalidPosition, ListeningRoom.CodeOf(await room.Grain.ReportHostPositionAsync("owner", entries[0], -1)));
    }

    [Fact]
    public async Task Should_not_ask_for_the_votes_of_members_who_are_away()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "a", "b", "c", "d", "e");
        await room.EnqueueAsync("owner", ListeningRoom.Song(1, seconds: 3600), ListeningRoom.Song(2));
        await room.AdvanceAsync(TimeSpan.FromMinutes(4));
        ListeningRoom.Done(await room.Grain.ReportAsync("a", new ReportActive()));
        ListeningRoom.Done(await room.Grain.ReportAsync("b", new ReportActive()));
        Assert.Equal(3, (await room.ReadAsync()).Skip.Need);

        await room.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(2, (await room.ReadAsync()).Skip.Need);
        ListeningRoom.Done(await room.Grain.VoteSkipAsync(room.Command("c"), (await room.ReadAsync()).Playback.EntryId!, isOn: true));
        Assert.Equal((1, 2), ((await room.ReadAsync()).Skip.Have, (await room.ReadAsync()).Skip.Need));
    }

    [Fact]
    public async Task Should_end_by_the_votes_that_are_there_once_the_others_are_away()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "a", "b", "c", "d", "e");
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1, seconds: 3600), ListeningRoom.Song(2, seconds: 3600));
        await room.AdvanceAsync(TimeSpan.FromMinutes(4));
        ListeningRoom.Done(await room.Grain.VoteSkipAsync(room.Command("a"), entries[0], isOn: true));
        ListeningRoom.Done(await room.Grain.VoteSkipAsync(room.Command("b"), entries[0], isOn: true));
        Assert.Equal(entries[0], (await room.ReadAsync()).Playback.EntryId);

        await room.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(entries[1], (await room.ReadAsync()).Playback.EntryId);
    }

    [Fact]
    public async Task Should_start_as_soon_as_most_players_are_ready_in_a_room_that_waits()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "a");
        await room.AdvanceAsync(TimeSpan.FromSeconds(11));
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new UpdateSettings { WaitsForReady = true } }));
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        Assert.Equal(cluster.NowMs + 2000, (await room.ReadAsync()).Playback.AnchorTimeMs);

        ListeningRoom.Done(await room.Grain.ReportAsync("a", new ReportReady { EntryId = entries[0] }));
        ListeningRoom.Done(await room.Grain.ReportAsync("a", new ReportReady { EntryId = "another" }));
        ListeningRoom.Done(await room.Grain.ReportAsync("owner", new ReportReady { EntryId = entries[0] }));

        Assert.Equal(cluster.NowMs + 500, (await room.ReadAsync()).Playback.AnchorTimeMs);
    }
}
