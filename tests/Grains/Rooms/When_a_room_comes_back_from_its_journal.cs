using WhatsSound.Grains.Rooms;
using WhatsSound.Grains.Storage;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

/// <summary>A snapshot and what came after it, wherever a crash was between the two.</summary>
[Collection(ClusterTests.Name)]
public sealed class When_a_room_comes_back_from_its_journal(TestCluster cluster)
{
    [Fact]
    public async Task Should_be_the_same_room_with_a_snapshot_and_without()
    {
        var room = await FilledAsync();
        var before = await room.ReadAsync();
        await cluster.KillSiloOfAsync(room.Grain);
        var fromJournal = await room.ReadAsync();
        await cluster.DeactivateAsync(room.Grain);
        var fromSnapshot = await room.ReadAsync();

        Assert.Equal(before.Revision, fromJournal.Revision);
        Assert.Equal(before.Queue.Window.Select(entry => (entry.EntryId, entry.Score)), fromJournal.Queue.Window.Select(entry => (entry.EntryId, entry.Score)));
        Assert.Equal(before.Queue.Window.Select(entry => (entry.EntryId, entry.Score)), fromSnapshot.Queue.Window.Select(entry => (entry.EntryId, entry.Score)));
        Assert.Equal((before.Playback, before.Revision), (fromSnapshot.Playback, fromSnapshot.Revision));
    }

    [Fact]
    public async Task Should_answer_a_repeated_command_that_the_snapshot_has_in_it()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var command = room.Command("owner");
        var receipt = ListeningRoom.Done(await room.Grain.EnqueueAsync(command, [ListeningRoom.Song(1)]));

        await cluster.DeactivateAsync(room.Grain);
        await room.ReadAsync();
        await cluster.DeactivateAsync(room.Grain);

        Assert.Equal(receipt.EntryIds, ListeningRoom.Done(await room.Grain.EnqueueAsync(command, [ListeningRoom.Song(1)])).EntryIds);
    }

    [Fact]
    public async Task Should_keep_no_more_of_the_journal_than_answers_need()
    {
        var room = await FilledAsync();
        await room.AdvanceAsync(TimeSpan.FromMinutes(3));
        await room.EnqueueAsync("owner", ListeningRoom.Song(9));
        var last = cluster.Journal.KeptOf(room.Id)[^1].Number;

        await cluster.DeactivateAsync(room.Grain);
        await room.ReadAsync();

        Assert.Equal(last, cluster.Journal.KeptOf(room.Id)[0].Number);
        Assert.True(cluster.Storage.Read<RoomState>("room", room.Grain.GetGrainId()).Number >= last);
    }

    [Fact]
    public async Task Should_write_a_snapshot_once_the_entries_are_large_however_few_they_are()
    {
        var room = await FilledAsync();
        for (var number = 0; number < 3; number++)
            await SetLongFallbackAsync(room, number);
        var last = cluster.Journal.KeptOf(room.Id)[^1].Number;
        Assert.True(cluster.Journal.KeptOf(room.Id).Sum(static entry => (long)entry.Content.Length) > 1_048_576);

        await room.AdvanceAsync(TimeSpan.FromSeconds(5));

        await Eventually.UntilAsync(
            () => Task.FromResult(cluster.Storage.Read<RoomState>("room", room.Grain.GetGrainId()).Number), number => number >= last);
        Assert.Equal(1, cluster.Journal.KeptOf(room.Id)[0].Number);
    }

    [Fact]
    public async Task Should_leave_no_long_journal_behind_when_it_rests_a_second_time_with_nothing_new()
    {
        var room = await FilledAsync();
        await SetLongFallbackAsync(room, 1);
        await room.EnqueueAsync("owner", ListeningRoom.Song(9));
        await cluster.DeactivateAsync(room.Grain);
        await room.ReadAsync();
        Assert.True(cluster.Journal.KeptOf(room.Id).Sum(static entry => (long)entry.Content.Length) > 300_000);

        await room.AdvanceAsync(TimeSpan.FromMinutes(3));
        await cluster.DeactivateAsync(room.Grain);
        await room.ReadAsync();

        Assert.InRange(cluster.Journal.KeptOf(room.Id).Sum(static entry => (long)entry.Content.Length), 1, 10_000);
    }

    [Fact]
    public async Task Should_come_back_though_the_snapshot_before_its_end_was_not_trimmed_after()
    {
        // As after a crash between the two: the row of the snapshot is newer than the first entries that are left.
        var room = await FilledAsync();
        var entries = cluster.Journal.KeptOf(room.Id);
        await cluster.DeactivateAsync(room.Grain);
        await room.ReadAsync();

        Assert.Equal(1, cluster.Journal.KeptOf(room.Id)[0].Number);
        Assert.True(cluster.Storage.Read<RoomState>("room", room.Grain.GetGrainId()).Number >= entries[^1].Number);
        Assert.Equal(2, (await room.ReadAsync()).Queue.Total);
    }

    [Fact]
    public async Task Should_go_and_read_again_when_somebody_else_has_written()
    {
        var room = await FilledAsync();
        var last = cluster.Journal.KeptOf(room.Id)[^1];
        var removed = (await room.ReadAsync()).Queue.Window[0].EntryId;
        var entry = new RoomEntry { Events = [new EntryRemoved(removed, last.AtMs)] };
        cluster.Journal.Overtake(room.Id, new JournalEntry(last.Number + 1, last.Revision + 1, last.AtMs, null, entry.Write()));
        var command = room.Command("owner");

        var refused = await room.Grain.PauseAsync(command);
        await cluster.DeactivateAsync(room.Grain);

        Assert.Equal((RefusalCode.NotReady, true), (refused.Refusal?.Code, refused.Refusal?.Retryable));
        ListeningRoom.Done(await room.Grain.PauseAsync(command));
        Assert.DoesNotContain((await room.ReadAsync()).Queue.Window, queued => queued.EntryId == removed);
    }

    [Fact]
    public async Task Should_write_little_for_a_vote_however_long_the_queue_is()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", [.. Enumerable.Range(0, 40).Select(number => $"u{number}")]);
        var sizes = new List<int>();
        for (var user = 0; user < 40; user++)
        {
            var added = await room.EnqueueAsync($"u{user}", [.. Enumerable.Range(0, 10).Select(number => ListeningRoom.Song((user * 10) + number))]);
            ListeningRoom.Done(await room.Grain.VoteAsync(room.Command("owner"), added[^1], 1));
            sizes.Add(cluster.Journal.KeptOf(room.Id)[^1].Content.Length);
        }

        Assert.Equal(399, (await room.ReadAsync()).Queue.Total);
        Assert.InRange(sizes.Max(), 100, 600);
        Assert.InRange(sizes[^1], sizes[20] - 20, sizes[20] + 20);
    }

    [Fact]
    public async Task Should_write_nothing_while_nothing_happens()
    {
        var room = await FilledAsync();
        ListeningRoom.Done(await room.Grain.PauseAsync(room.Command("owner")));
        await room.AdvanceAsync(TimeSpan.FromSeconds(60));
        var before = cluster.Journal.KeptOf(room.Id)[^1].Number;

        await room.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Equal(before, cluster.Journal.KeptOf(room.Id)[^1].Number);

        await cluster.DeactivateAsync(room.Grain);
        await room.ReadAsync();
        await room.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(before, cluster.Journal.KeptOf(room.Id)[^1].Number);
    }

    private async Task<ListeningRoom> FilledAsync()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "a", "b");
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        var entries = await room.EnqueueAsync("a", ListeningRoom.Song(2), ListeningRoom.Song(3));
        ListeningRoom.Done(await room.Grain.VoteAsync(room.Command("b"), entries[1], 1));
        return room;
    }

    private static async Task SetLongFallbackAsync(ListeningRoom room, int number) => ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with
    {
        Action = new SetFallback { Tracks = [.. Enumerable.Range(0, 200).Select(song => ListeningRoom.Song(song) with { Url = $"https://e.example/{number}/{song}/{new string('u', 1_900)}" })] },
    }));
}
