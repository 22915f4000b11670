using System.Collections.Immutable;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

[Collection(ClusterTests.Name)]
public sealed class When_plays_are_kept(TestCluster cluster)
{
    [Fact]
    public async Task Should_have_every_play_of_a_room_once_over_crashes()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        await room.EnqueueAsync("owner", [.. Enumerable.Range(1, 6).Select(number => ListeningRoom.Song(number))]);
        for (var number = 1; number <= 5; number++)
        {
            ListeningRoom.Done(await TestCluster.RetryAsync(async () => await room.Grain.SkipAsync(room.Command("owner"), (await room.ReadAsync()).Playback.EntryId!)));
            await room.AdvanceAsync(TimeSpan.FromSeconds(number == 3 ? 10 : 1));
        }

        var page = ListeningRoom.Done(await room.Grain.GetPlaysAsync("guest", new() { CountMax = 3 }));
        Assert.Equal([("Song 5", 5L), ("Song 4", 4), ("Song 3", 3)], page.Plays.Select(play => (play.Song.Track.Title, play.Number)));
        var rest = ListeningRoom.Done(await room.Grain.GetPlaysAsync("guest", new() { CountMax = 3, Before = page.Next }));
        Assert.Equal([2L, 1], rest.Plays.Select(play => play.Number));
        Assert.Null(rest.Next);
        Assert.All(page.Plays, play => Assert.Equal((2, 2.0, "hostSkip"), (play.Song.PeakListeners, play.Song.AverageListeners, play.Song.EndReason)));

        await room.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(5, (await Plays(room).ReadStatisticsAsync()).Plays);
        await cluster.KillSiloOfAsync(room.Grain);
        await TestCluster.RetryAsync(() => room.Grain.GetSnapshotAsync("owner"));
        Assert.Equal([5L, 4, 3, 2, 1], (await TestCluster.RetryAsync(() => Plays(room).ReadAsync(null, 100))).Plays.Select(play => play.Number));
    }

    [Fact]
    public async Task Should_show_them_to_members_and_all_of_them_to_those_who_keep_order()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");

        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.GetPlaysAsync("stranger", new() { CountMax = 1 })));
        Assert.Equal(RefusalCode.Forbidden, ListeningRoom.CodeOf(await room.Grain.GetPlaysAsync("guest", new() { CountMax = 1, IsExport = true })));
        Assert.Equal(RefusalCode.BadRequest, ListeningRoom.CodeOf(await room.Grain.GetPlaysAsync("owner", new() { CountMax = 101 })));
        await room.LeaveAsync("owner");
        Assert.Empty(ListeningRoom.Done(await room.Grain.GetPlaysAsync("owner", new() { CountMax = 1, IsExport = true })).Plays);
    }

    [Fact]
    public async Task Should_keep_a_play_once_however_often_it_is_handed_over()
    {
        var plays = NewPlays();
        for (var time = 0; time < 3; time++)
            Assert.Equal(250, await plays.AppendAsync(Numbers(1, 250)));
        Assert.Equal(260, await plays.AppendAsync(Numbers(200, 260)));

        var read = new List<long>();
        for (long? before = null; read.Count == 0 || before is not null;)
        {
            var page = await plays.ReadAsync(before, 70);
            read.AddRange(page.Plays.Select(play => play.Number));
            before = page.Next;
        }

        Assert.Equal(Enumerable.Range(1, 260).Reverse().Select(number => (long)number), read);
    }

    [Fact]
    public async Task Should_go_on_after_a_crash_where_it_was()
    {
        var plays = NewPlays();
        await plays.AppendAsync(Numbers(1, 100));
        await cluster.KillSiloOfAsync(plays);

        Assert.Equal(101, await TestCluster.RetryAsync(() => plays.AppendAsync(Numbers(95, 101))));
        Assert.Equal([101L, 100, 99], (await plays.ReadAsync(null, 3)).Plays.Select(play => play.Number));
    }

    [Fact]
    public async Task Should_show_each_once_while_a_page_begins()
    {
        var plays = NewPlays();
        await plays.AppendAsync(Numbers(1, 100));
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = cluster.Storage.WritesBegun;
        cluster.Storage.HoldWrites(hold.Task);
        var appending = plays.AppendAsync(Numbers(101, 101));
        try
        {
            await Eventually.BecomesTrueAsync(() => cluster.Storage.WritesBegun > begun);
            Assert.Equal(Enumerable.Range(1, 100).Reverse().Select(number => (long)number), (await plays.ReadAsync(null, 300)).Plays.Select(play => play.Number));
        }
        finally
        {
            cluster.Storage.HoldWrites(Task.CompletedTask);
            hold.SetResult();
        }

        Assert.Equal(101, await appending);
        Assert.Equal([101L, 100], (await plays.ReadAsync(null, 2)).Plays.Select(play => play.Number));
    }

    [Fact]
    public async Task Should_sum_them_up()
    {
        var plays = NewPlays();
        await plays.AppendAsync([Play(1, "ann", "a", "completed", 5), Play(2, "bob", "b", "voteSkip", 9), Play(3, "ann", "a", "hostSkip", 2)]);

        var first = await plays.ReadStatisticsAsync();
        await plays.AppendAsync([Play(4, "ann", "c", "completed", 1)]);
        var then = await plays.ReadStatisticsAsync();

        Assert.Equal((3, 2, 2, 9), (first.Plays, first.Songs, first.Skips, first.PeakListeners));
        Assert.Equal((4, 3, 2, 4 * 60_000L), (then.Plays, then.Songs, then.Skips, then.ListenedMs));
        Assert.Equal([("ann", 3), ("bob", 1)], then.Djs.Select(dj => (dj.UserId, dj.Plays)));
    }

    [Fact]
    public async Task Should_sum_up_what_is_shown_and_nothing_older()
    {
        const long DayMs = 24 * 60 * 60 * 1000;
        var plays = NewPlays();
        var oldMs = cluster.NowMs - (365 * DayMs) + 60_000;
        await plays.AppendAsync([Play(1, "ann", "a", "completed", 5) with { Song = Play(1, "ann", "a", "completed", 5).Song with { StartedAtMs = oldMs, EndedAtMs = oldMs } }, Play(2, "bob", "b", "completed", 9)]);
        Assert.Equal(2, (await plays.ReadStatisticsAsync()).Plays);

        cluster.Time.Advance(TimeSpan.FromMinutes(2));

        var shown = Assert.Single((await plays.ReadAsync(null, 100)).Plays);
        var sums = await plays.ReadStatisticsAsync();
        Assert.Equal((2, 1, shown.Song.StartedAtMs), (shown.Number, sums.Plays, sums.SinceMs));
    }

    [Fact]
    public async Task Should_let_the_oldest_go_by_number_and_by_age()
    {
        var plays = NewPlays();
        for (var number = 1; number <= 10_200; number += 100)
            await plays.AppendAsync(Numbers(number, number + 99));
        Assert.InRange((await plays.ReadStatisticsAsync()).Plays, 9_900, 10_000);
        Assert.Empty((await plays.ReadAsync(before: 150, 100)).Plays);

        var old = NewPlays();
        await old.AppendAsync(Numbers(1, 100));
        await old.AppendAsync([.. Numbers(101, 101).Select(play => play with { Song = play.Song with { EndedAtMs = cluster.NowMs + (400L * 24 * 60 * 60 * 1000) } })]);
        Assert.Equal(101, (await old.ReadAsync(null, 100)).Plays[0].Number);
    }

    private IRoomPlaysGrain NewPlays() => cluster.Grains.GetGrain<IRoomPlaysGrain>(RoomId.KeyOf($"plays-{Guid.NewGuid():N}"));

    private IRoomPlaysGrain Plays(ListeningRoom room) => cluster.Grains.GetGrain<IRoomPlaysGrain>(RoomId.KeyOf(room.Id));

    private ImmutableArray<RoomPlay> Numbers(int from, int to) => [.. Enumerable.Range(from, to - from + 1).Select(number => Play(number, "ann", $"{number}", "completed", 1))];

    private RoomPlay Play(long number, string by, string song, string reason, int listeners) => new()
    {
        Number = number,
        Song = new HistoryItem
        {
            EntryId = $"e{number}", Track = new Track { Url = $"https://music.example/{song}.mp3", Title = song, DurationMs = 60_000 }, AddedBy = by, StartedAtMs = cluster.NowMs, EndedAtMs = cluster.NowMs,
            EndReason = reason, Listeners = listeners, PeakListeners = listeners, ListenedMs = 60_000, IsCounted = true,
        },
    };
}
