using System.Text;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>What every outbox promises; one suite for all of them.</summary>
public abstract class OutboxContract
{
    private const int NoLimit = int.MaxValue;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_give_back_a_row_as_it_was()
    {
        await using var test = await OutboxAsync();
        var content = Encoding.UTF8.GetBytes("""{"text":"naïve 'quoted' 🎵"}""");
        await test.Outbox.AppendAsync(new([new("lane", "zoë/🎧", 1_795_638_108_192, content)]), Cancel);

        var row = Assert.Single(await test.Outbox.ReadAsync("lane", 10, NoLimit, Cancel));
        Assert.Equal(("zoë/🎧", 1_795_638_108_192), (row.Source, row.AtMs));
        Assert.Equal(content, row.Content);
    }

    [Fact]
    public async Task Should_take_a_source_that_waits_in_a_lane_once()
    {
        await using var test = await OutboxAsync();
        await AppendAsync(test.Outbox, "lane", "a", "b");
        await AppendAsync(test.Outbox, "lane", "b", "c", "c");
        await AppendAsync(test.Outbox, "other", "b");

        Assert.Equal(["a", "b", "c"], await SourcesAsync(test.Outbox, "lane"));
        Assert.Equal(["b"], await SourcesAsync(test.Outbox, "other"));
        Assert.Empty(await SourcesAsync(test.Outbox, "none"));
    }

    [Fact]
    public async Task Should_read_up_to_a_count_and_to_bytes_and_one_that_is_larger_alone()
    {
        await using var test = await OutboxAsync();
        await test.Outbox.AppendAsync(new([.. Enumerable.Range(1, 5).Select(static number => new OutboxItem("lane", $"s{number}", 0, new byte[100]))]), Cancel);

        Assert.Equal(["s1", "s2", "s3"], (await test.Outbox.ReadAsync("lane", 3, NoLimit, Cancel)).Select(static row => row.Source));
        Assert.Equal(["s1", "s2"], (await test.Outbox.ReadAsync("lane", 10, 299, Cancel)).Select(static row => row.Source));
        Assert.Equal(["s1"], (await test.Outbox.ReadAsync("lane", 10, 1, Cancel)).Select(static row => row.Source));
    }

    [Fact]
    public async Task Should_remove_exactly_what_is_named()
    {
        await using var test = await OutboxAsync();
        await AppendAsync(test.Outbox, "lane", "a", "b", "c");
        await AppendAsync(test.Outbox, "other", "a");
        var rows = await test.Outbox.ReadAsync("lane", 10, NoLimit, Cancel);

        await test.Outbox.RemoveAsync("lane", [rows[0].EntryNumber, rows[2].EntryNumber], Cancel);
        await test.Outbox.RemoveAsync("lane", [rows[0].EntryNumber], Cancel);
        await test.Outbox.RemoveAsync("other", [rows[1].EntryNumber], Cancel);

        Assert.Equal(["b"], await SourcesAsync(test.Outbox, "lane"));
        Assert.Equal(["a"], await SourcesAsync(test.Outbox, "other"));
    }

    [Fact]
    public async Task Should_number_on_where_all_was_removed()
    {
        await using var test = await OutboxAsync();
        await AppendAsync(test.Outbox, "lane", "a");
        var first = Assert.Single(await test.Outbox.ReadAsync("lane", 10, NoLimit, Cancel));
        await test.Outbox.RemoveAsync("lane", [first.EntryNumber], Cancel);

        await AppendAsync(test.Outbox, "lane", "a");

        Assert.True(Assert.Single(await test.Outbox.ReadAsync("lane", 10, NoLimit, Cancel)).EntryNumber > first.EntryNumber);
    }

    [Fact]
    public async Task Should_keep_the_order_of_each_of_many_writers()
    {
        await using var test = await OutboxAsync();
        await Task.WhenAll(Enumerable.Range(1, 20).Select(async writer =>
        {
            for (var number = 1; number <= 20; number++)
                await test.Outbox.AppendAsync(new([new("lane", $"{writer}/{number}", 0, [1])], new($"c{writer}", "e", number, IsOccupied: false, 0)), Cancel);
        }));

        var rows = await test.Outbox.ReadAsync("lane", 1_000, NoLimit, Cancel);
        Assert.Equal(400, rows.Count);
        foreach (var writer in rows.GroupBy(static row => row.Source.Split('/')[0]))
            Assert.Equal(Enumerable.Range(1, 20), writer.Select(static row => int.Parse(row.Source.Split('/')[1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Should_know_up_to_where_a_channel_is_told()
    {
        await using var test = await OutboxAsync();
        Assert.Null(await test.Outbox.FindMarkAsync("jazz", Cancel));

        var mark = new OutboxMark("jazz", "e1", 7, IsOccupied: true, 1_795_638_108_192);
        await test.Outbox.AppendAsync(new([new("lane", "a", 0, [1])], mark), Cancel);
        Assert.Equal(mark, await test.Outbox.FindMarkAsync("jazz", Cancel));

        await test.Outbox.AppendAsync(new([], mark with { Epoch = "e2", HeadOffset = 1, IsOccupied = false }), Cancel);
        await AppendAsync(test.Outbox, "lane", "b");
        Assert.Equal(mark with { Epoch = "e2", HeadOffset = 1, IsOccupied = false }, await test.Outbox.FindMarkAsync("jazz", Cancel));
    }

    [Fact]
    public async Task Should_not_take_a_mark_back_where_an_earlier_append_comes_late()
    {
        await using var test = await OutboxAsync();
        var mark = new OutboxMark("jazz", "e1", 7, IsOccupied: true, 2_000);
        await test.Outbox.AppendAsync(new([], mark), Cancel);

        await test.Outbox.AppendAsync(new([new("lane", "a", 0, [1])], mark with { HeadOffset = 6, AtMs = 1_999 }), Cancel);

        Assert.Equal(mark, await test.Outbox.FindMarkAsync("jazz", Cancel));
        Assert.Equal(["a"], await SourcesAsync(test.Outbox, "lane"));
    }

    [Fact]
    public async Task Should_list_the_channels_that_are_occupied_by_page()
    {
        await using var test = await OutboxAsync();
        foreach (var channel in new[] { "d", "a", "c", "b" })
            await test.Outbox.AppendAsync(new([], new(channel, "e", 1, IsOccupied: channel != "c", 0)), Cancel);

        Assert.Equal(["a", "b"], await test.Outbox.ListOccupiedAsync("", 2, Cancel));
        Assert.Equal(["d"], await test.Outbox.ListOccupiedAsync("b", 2, Cancel));
        Assert.Empty(await test.Outbox.ListOccupiedAsync("d", 2, Cancel));
    }

    [Fact]
    public async Task Should_list_the_lanes_in_which_something_waits()
    {
        await using var test = await OutboxAsync();
        await test.Outbox.AppendAsync(new([new("b", "1", 30, [1]), new("a", "1", 20, [1]), new("b", "2", 10, [1])]), Cancel);

        Assert.Equal([new OutboxLane("a", 1), new OutboxLane("b", 2)], await test.Outbox.ListLanesAsync(Cancel));
    }

    [Fact]
    public async Task Should_drop_what_is_older_than_a_time()
    {
        await using var test = await OutboxAsync();
        var entries = Enumerable.Range(1, 1_200).Select(static number => new OutboxItem("lane", $"{number}", number, [1]));
        await test.Outbox.AppendAsync(new([.. entries, new("other", "1", 1, [1])]), Cancel);

        Assert.Equal(1_198, await test.Outbox.DropAsync("lane", DateTimeOffset.FromUnixTimeMilliseconds(1_199), Cancel));

        Assert.Equal(["1199", "1200"], await SourcesAsync(test.Outbox, "lane"));
        Assert.Equal(["1"], await SourcesAsync(test.Outbox, "other"));
    }

    [Fact]
    public async Task Should_trim_the_oldest_to_a_count()
    {
        await using var test = await OutboxAsync();
        await test.Outbox.AppendAsync(new([.. Enumerable.Range(1, 1_200).Select(static number => new OutboxItem("lane", $"{number}", 0, [1])), new("other", "1", 0, [1])]), Cancel);

        Assert.Equal(1_197, await test.Outbox.TrimAsync("lane", 3, Cancel));
        Assert.Equal(0, await test.Outbox.TrimAsync("lane", 3, Cancel));

        Assert.Equal(["1198", "1199", "1200"], await SourcesAsync(test.Outbox, "lane"));
        Assert.Equal(["1"], await SourcesAsync(test.Outbox, "other"));
    }

    [Fact]
    public async Task Should_sweep_what_nobody_has_read_for_a_day_and_forget_channels_that_are_long_quiet()
    {
        await using var test = await OutboxAsync();
        var now = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var (old, quiet) = ((now - SqlOutbox.RowAgeMax).ToUnixTimeMilliseconds(), (now - SqlOutbox.MarkAgeMax).ToUnixTimeMilliseconds());
        await test.Outbox.AppendAsync(new([new("lane", "a", old - 1, [1]), new("lane", "b", old, [1])], new("gone", "e", 1, IsOccupied: false, quiet - 1)), Cancel);
        await test.Outbox.AppendAsync(new([], new("here", "e", 1, IsOccupied: true, quiet - 1)), Cancel);
        await test.Outbox.AppendAsync(new([], new("new", "e", 1, IsOccupied: false, quiet)), Cancel);

        Assert.Equal(1, await test.Outbox.SweepAsync(now, Cancel));

        Assert.Equal(["b"], await SourcesAsync(test.Outbox, "lane"));
        Assert.Null(await test.Outbox.FindMarkAsync("gone", Cancel));
        Assert.NotNull(await test.Outbox.FindMarkAsync("here", Cancel));
        Assert.NotNull(await test.Outbox.FindMarkAsync("new", Cancel));
    }

    private protected abstract Task<OutboxUnderTest> OutboxAsync();

    private static Task AppendAsync(IOutbox outbox, string lane, params string[] sources) =>
        outbox.AppendAsync(new([.. sources.Select(source => new OutboxItem(lane, source, 0, [1]))]), Cancel);

    private static async Task<IEnumerable<string>> SourcesAsync(IOutbox outbox, string lane) =>
        (await outbox.ReadAsync(lane, 1_000, NoLimit, Cancel)).Select(static row => row.Source);

    private protected sealed class OutboxUnderTest(IOutbox outbox, Func<Task> close) : IAsyncDisposable
    {
        public IOutbox Outbox => outbox;

        public ValueTask DisposeAsync() => new(close());
    }
}
