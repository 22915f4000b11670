using System.Text;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>What every journal of rooms promises; one suite for all of them.</summary>
public abstract class RoomJournalContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_give_back_an_entry_as_it_was()
    {
        await using var test = await JournalAsync();
        var first = Entry(1) with { Author = "zoë 🎧", Content = Encoding.UTF8.GetBytes("""{"text":"naïve 'quoted' 🎵"}""") };
        var second = Entry(2) with { Author = null, Revision = 0, AtMs = 0 };

        await test.Journal.AppendAsync("jazz", first, Cancel);
        await test.Journal.AppendAsync("jazz", second, Cancel);

        Assert.Equal([Text(first), Text(second)], (await test.Journal.ReadAfterAsync("jazz", 0, 10, Cancel)).Select(Text));
    }

    [Fact]
    public async Task Should_know_nothing_of_a_room_that_was_never_written()
    {
        await using var test = await JournalAsync();

        Assert.Empty(await test.Journal.ReadAfterAsync("jazz", 0, 10, Cancel));
        Assert.Equal(0, await test.Journal.TrimAsync("jazz", 10, Cancel));
    }

    [Fact]
    public async Task Should_read_pages_in_order()
    {
        await using var test = await JournalAsync();
        await AppendAsync(test.Journal, "jazz", 1, 25);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], await NumbersAsync(test.Journal, "jazz", 0, 10));
        Assert.Equal([11, 12, 13], await NumbersAsync(test.Journal, "jazz", 10, 3));
        Assert.Equal([25], await NumbersAsync(test.Journal, "jazz", 24, 1_000));
    }

    [Fact]
    public async Task Should_refuse_a_number_that_is_taken_and_one_that_leaves_a_gap_and_keep_what_there_was()
    {
        await using var test = await JournalAsync();
        await AppendAsync(test.Journal, "jazz", 1, 2);

        await Assert.ThrowsAsync<JournalConflictException>(() => test.Journal.AppendAsync("jazz", Entry(2) with { AtMs = 99 }, Cancel));
        await Assert.ThrowsAsync<JournalConflictException>(() => test.Journal.AppendAsync("jazz", Entry(1), Cancel));
        await Assert.ThrowsAsync<JournalConflictException>(() => test.Journal.AppendAsync("jazz", Entry(4), Cancel));
        await Assert.ThrowsAsync<JournalConflictException>(() => test.Journal.AppendAsync("blues", Entry(2), Cancel));

        Assert.Equal([Text(Entry(1)), Text(Entry(2))], (await test.Journal.ReadAfterAsync("jazz", 0, 10, Cancel)).Select(Text));
        await test.Journal.AppendAsync("jazz", Entry(3), Cancel);
    }

    [Fact]
    public async Task Should_take_one_of_two_writers_at_once()
    {
        await using var test = await JournalAsync();
        for (var number = 1; number <= 20; number++)
        {
            var writing = Enumerable.Range(1, 4).Select(writer => Record.ExceptionAsync(() => test.Journal.AppendAsync("jazz", Entry(number) with { AtMs = writer }, Cancel)).AsTask());
            var failures = await Task.WhenAll(writing);

            Assert.Single(failures, static failure => failure is null);
            Assert.All(failures.Where(static failure => failure is not null), static failure => Assert.IsType<JournalConflictException>(failure));
        }

        Assert.Equal(20, (await test.Journal.ReadAfterAsync("jazz", 0, 100, Cancel)).Count);
    }

    [Fact]
    public async Task Should_keep_rooms_apart_that_write_at_once()
    {
        await using var test = await JournalAsync();
        string[] rooms = [.. Enumerable.Range(1, 40).Select(static number => $"room-{number}")];

        for (var number = 1; number <= 5; number++)
            await Task.WhenAll(rooms.Select(room => test.Journal.AppendAsync(room, Entry(number), Cancel)));

        foreach (var room in rooms)
            Assert.Equal([1, 2, 3, 4, 5], await NumbersAsync(test.Journal, room, 0, 10));
    }

    [Fact]
    public async Task Should_trim_up_to_a_number_and_go_on_with_the_next()
    {
        await using var test = await JournalAsync();
        await AppendAsync(test.Journal, "jazz", 1, 6);
        await AppendAsync(test.Journal, "blues", 1, 2);

        Assert.Equal(4, await test.Journal.TrimAsync("jazz", 4, Cancel));
        Assert.Equal(0, await test.Journal.TrimAsync("jazz", 4, Cancel));

        Assert.Equal([5, 6], await NumbersAsync(test.Journal, "jazz", 0, 10));
        Assert.Equal([1, 2], await NumbersAsync(test.Journal, "blues", 0, 10));
        await test.Journal.AppendAsync("jazz", Entry(7), Cancel);
    }

    [Fact]
    public async Task Should_keep_the_newest_whatever_is_trimmed()
    {
        await using var test = await JournalAsync();
        await AppendAsync(test.Journal, "jazz", 1, 3);

        Assert.Equal(2, await test.Journal.TrimAsync("jazz", long.MaxValue, Cancel));

        Assert.Equal([3], await NumbersAsync(test.Journal, "jazz", 0, 10));
        await Assert.ThrowsAsync<JournalConflictException>(() => test.Journal.AppendAsync("jazz", Entry(1), Cancel));
        await test.Journal.AppendAsync("jazz", Entry(4), Cancel);
    }

    private protected abstract Task<JournalUnderTest> JournalAsync();

    private static JournalEntry Entry(long number) => new(number, 10 + number, 1000 + number, "ada", "{}"u8.ToArray());

    private static string Text(JournalEntry entry) =>
        $"{entry.Number} {entry.Revision} {entry.AtMs} {entry.Author} {Encoding.UTF8.GetString(entry.Content.Span)}";

    private static async Task AppendAsync(IRoomJournal journal, string room, int from, int to)
    {
        for (var number = from; number <= to; number++)
            await journal.AppendAsync(room, Entry(number), Cancel);
    }

    private static async Task<IEnumerable<long>> NumbersAsync(IRoomJournal journal, string room, long after, int countMax) =>
        (await journal.ReadAfterAsync(room, after, countMax, Cancel)).Select(entry => entry.Number);

    private protected sealed class JournalUnderTest(IRoomJournal journal, Func<Task> close) : IAsyncDisposable
    {
        public IRoomJournal Journal => journal;

        public ValueTask DisposeAsync() => new(close());
    }
}
