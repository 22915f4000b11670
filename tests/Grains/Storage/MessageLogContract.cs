using System.Text;
using WhatsSound.Channels;
using WhatsSound.Grains.Storage;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>What every message log promises; one suite for all of them.</summary>
public abstract class MessageLogContract
{
    private const string Epoch = "e1";
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Retention Keep = new(Now.AddHours(72), OnlyLastPerKey: false);
    private static readonly Retention KeepLast = new(Now.AddDays(365), OnlyLastPerKey: true);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_know_nothing_of_a_channel_that_was_never_written()
    {
        await using var test = await LogAsync();
        Assert.Null(await test.Log.FindAsync("room:a:chat", Cancel));
        Assert.Empty(await test.Log.ReadLastAsync("room:a:chat", Epoch, 10, Cancel));
        Assert.Empty(await test.Log.ReadAfterAsync("room:a:chat", Epoch, 0, 10, Cancel));
    }

    [Fact]
    public async Task Should_give_back_a_publication_as_it_was()
    {
        await using var test = await LogAsync();
        var written = new Publication
        {
            Offset = 7, Id = "id-7 'quoted'", TimeMs = 1_893_456_000_123, Publisher = "zoë 🎧", Event = "chat.message",
            Data = new Payload(Encoding.UTF8.GetBytes("""{"text":"naïve \u0000 🎵"}""")), Key = "ключ",
        };
        var bare = new Publication { Offset = 8, Id = "", TimeMs = 0 };
        var rich = written with
        {
            Offset = 9, PublisherKind = PublisherKind.Server, Connection = "c-1", Data = Payload.OfBytes(new byte[] { 0, 255, 10 }),
            Headers = new("""{"lang":"de"}"""u8.ToArray()), Extras = new("""{"ref":{"id":"7"}}"""u8.ToArray()),
        };
        var text = written with { Offset = 10, Data = Payload.OfText("line\r\n2"), Key = null };

        await test.Log.AppendAsync("room:a:chat", Epoch, written, Keep, Cancel);
        await test.Log.AppendAsync("room:a:chat", Epoch, bare, Keep, Cancel);
        await test.Log.AppendAsync("room:a:chat", Epoch, rich, Keep, Cancel);
        await test.Log.AppendAsync("room:a:chat", Epoch, text, Keep, Cancel);

        Assert.Equal([written, bare, rich, text], await test.Log.ReadAfterAsync("room:a:chat", Epoch, 0, 10, Cancel));
        Assert.Equal(new LoggedChannel(Epoch, 10), await test.Log.FindAsync("room:a:chat", Cancel));
    }

    [Fact]
    public async Task Should_read_pages_in_offset_order()
    {
        await using var test = await LogAsync();
        for (var offset = 1; offset <= 25; offset++)
            await test.Log.AppendAsync("c", Epoch, At(offset), Keep, Cancel);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], Offsets(await test.Log.ReadAfterAsync("c", Epoch, 0, 10, Cancel)));
        Assert.Equal([11, 12, 13], Offsets(await test.Log.ReadAfterAsync("c", Epoch, 10, 3, Cancel)));
        Assert.Equal([25], Offsets(await test.Log.ReadAfterAsync("c", Epoch, 24, 1_000, Cancel)));
        Assert.Equal([23, 24, 25], Offsets(await test.Log.ReadLastAsync("c", Epoch, 3, Cancel)));
    }

    [Fact]
    public async Task Should_read_back_from_an_offset()
    {
        await using var test = await LogAsync();
        for (var offset = 1; offset <= 25; offset++)
            await test.Log.AppendAsync("c", Epoch, At(offset), Keep, Cancel);

        Assert.Equal([15, 16, 17], Offsets(await test.Log.ReadBeforeAsync("c", Epoch, 18, 3, Cancel)));
        Assert.Equal([1, 2], Offsets(await test.Log.ReadBeforeAsync("c", Epoch, 3, 100, Cancel)));
        Assert.Equal([24, 25], Offsets(await test.Log.ReadBeforeAsync("c", Epoch, long.MaxValue, 2, Cancel)));
        Assert.Empty(await test.Log.ReadBeforeAsync("c", Epoch, 1, 10, Cancel));
        Assert.Empty(await test.Log.ReadBeforeAsync("c", "e2", 18, 3, Cancel));
    }

    [Fact]
    public async Task Should_find_a_time_among_what_is_kept()
    {
        await using var test = await LogAsync();
        foreach (var (offset, timeMs) in ((long, long)[])[(3, 100), (4, 100), (5, 110), (9, 120), (10, 120), (11, 120), (12, 125)])
            await test.Log.AppendAsync("c", Epoch, At(offset) with { TimeMs = timeMs }, Keep, Cancel);
        await test.Log.AppendAsync("c", "e2", At(20) with { TimeMs = 105 }, Keep, Cancel);

        foreach (var (timeMs, offset, hasOlder) in ((long, long?, bool)[])
            [(0, 3, false), (100, 3, false), (101, 5, true), (110, 5, true), (111, 9, true), (120, 9, true), (121, 12, true), (125, 12, true), (126, null, true), (long.MaxValue, null, true)])
            Assert.Equal((timeMs, new LoggedTime(offset, hasOlder)), (timeMs, await test.Log.FindTimeAsync("c", Epoch, timeMs, Cancel)));
        Assert.Equal(new LoggedTime(20, HasOlder: false), await test.Log.FindTimeAsync("c", "e2", 105, Cancel));
        Assert.Equal(new LoggedTime(Offset: null, HasOlder: false), await test.Log.FindTimeAsync("other", Epoch, 100, Cancel));
    }

    [Fact]
    public async Task Should_find_each_time_of_many_by_chance()
    {
        await using var test = await LogAsync();
        var random = new Random(3);
        var kept = new List<Publication>();
        for (var (offset, timeMs) = (1L, 1_000L); kept.Count < 150; offset += 1 + (random.Next(5) / 4 * random.Next(40)), timeMs += random.Next(4))
            kept.Add(At(offset) with { TimeMs = timeMs });
        foreach (var publication in kept)
            await test.Log.AppendAsync("c", Epoch, publication, Keep, Cancel);

        for (var timeMs = kept[0].TimeMs - 1; timeMs <= kept[^1].TimeMs + 1; timeMs += 1 + random.Next(3))
        {
            var expected = new LoggedTime(kept.Find(publication => publication.TimeMs >= timeMs)?.Offset, kept.Exists(publication => publication.TimeMs < timeMs));
            Assert.Equal((timeMs, expected), (timeMs, await test.Log.FindTimeAsync("c", Epoch, timeMs, Cancel)));
        }
    }

    [Fact]
    public async Task Should_find_one_of_the_places_where_the_clock_was_set_back()
    {
        await using var test = await LogAsync();
        long[] timesMs = [100, 110, 120, 105, 112, 130, 140];
        for (var offset = 1; offset <= timesMs.Length; offset++)
            await test.Log.AppendAsync("c", Epoch, At(offset) with { TimeMs = timesMs[offset - 1] }, Keep, Cancel);

        var found = await test.Log.FindTimeAsync("c", Epoch, 111, Cancel);

        Assert.True(found is { Offset: 3 or 5, HasOlder: true }, $"{found}");
    }

    [Fact]
    public async Task Should_amend_an_earlier_publication_with_the_one_that_says_so()
    {
        await using var test = await LogAsync();
        await test.Log.AppendAsync("c", Epoch, At(1), Keep, Cancel);
        await test.Log.AppendAsync("c", Epoch, At(2), Keep, Cancel);
        await test.Log.AppendAsync("other", Epoch, At(1), Keep, Cancel);
        var data = new Payload("""{"text":"anew"}"""u8.ToArray());

        await test.Log.AppendAsync("c", Epoch, At(3), Keep, new Amendment { Offset = 1, Data = data }, Cancel);

        Assert.Equal([At(1) with { Data = data }, At(2), At(3)], await test.Log.ReadLastAsync("c", Epoch, 10, Cancel));
        Assert.Equal([At(1)], await test.Log.ReadLastAsync("other", Epoch, 10, Cancel));
        Assert.Equal(new LoggedChannel(Epoch, 3), await test.Log.FindAsync("c", Cancel));
    }

    [Fact]
    public async Task Should_let_nothing_of_an_earlier_amendment_stay()
    {
        await using var test = await LogAsync();
        var first = At(2) with { Key = "k" };
        var second = At(5) with { Key = "k", Data = new Payload("\"new\""u8.ToArray()) };
        var amends = new Amendment { Offset = 1, Data = new Payload("\"is\""u8.ToArray()) };
        await test.Log.AppendAsync("c", Epoch, At(1), Keep, Cancel);
        await test.Log.AppendAsync("c", Epoch, first, Keep, amends, Cancel);
        await test.Log.AppendAsync("c", Epoch, At(3), Keep, Cancel);
        await test.Log.AppendAsync("c", Epoch, At(4) with { Key = "other" }, Keep, amends with { Offset = 3 }, Cancel);
        await test.Log.AppendAsync("other", Epoch, first, Keep, Cancel);

        await test.Log.AppendAsync("c", Epoch, second, Keep, amends, Cancel);

        Assert.Equal(
            [At(1) with { Data = amends.Data }, first with { Data = second.Data }, At(3) with { Data = amends.Data }, At(4) with { Key = "other" }, second],
            await test.Log.ReadLastAsync("c", Epoch, 10, Cancel));
        Assert.Equal([first], await test.Log.ReadLastAsync("other", Epoch, 10, Cancel));
    }

    [Fact]
    public async Task Should_amend_what_is_for_one_user_alone_by_what_is_for_that_user_alone()
    {
        await using var test = await LogAsync();
        var amends = new Amendment { Offset = 2, Data = new Payload("\"is\""u8.ToArray()) };
        await test.Log.AppendAsync("c", Epoch, At(1), Keep, Cancel);
        await test.Log.AppendAsync("c", Epoch, OwnAt(2, "ada", "\"was\""), Keep, Cancel);
        await test.Log.AppendAsync("c", Epoch, OwnAt(3, "ada", "\"becomes\""), Keep, amends with { Data = new Payload("\"became\""u8.ToArray()) }, Cancel);
        await test.Log.AppendAsync("c", Epoch, At(4) with { Key = "k" }, Keep, amends with { Data = new Payload("\"of all\""u8.ToArray()) }, Cancel);
        await test.Log.AppendAsync("c", Epoch, OwnAt(5, "bob", "\"of bob\""), Keep, amends with { Offset = 1 }, Cancel);

        await test.Log.AppendAsync("c", Epoch, OwnAt(6, "ada", "\"changed\""), Keep, amends, Cancel);

        Assert.Equal(
            [
                At(1) with { Own = new OwnData { UserId = "bob", Data = amends.Data } },
                OwnAt(2, "ada", "\"is\""), OwnAt(3, "ada", "\"changed\""), At(4) with { Key = "k", Own = OwnAt(5, "bob", "\"of bob\"").Own },
                OwnAt(5, "bob", "\"of bob\""), OwnAt(6, "ada", "\"changed\""),
            ],
            await test.Log.ReadLastAsync("c", Epoch, 10, Cancel));
    }

    [Fact]
    public async Task Should_amend_what_all_have_for_one_user_alone_until_it_is_amended_for_all()
    {
        await using var test = await LogAsync();
        var (theirs, another, all) = (new Payload("\"theirs\""u8.ToArray()), new Payload("\"another's\""u8.ToArray()), new Payload("\"all\""u8.ToArray()));
        await test.Log.AppendAsync("c", Epoch, At(1), Keep, Cancel);
        await test.Log.AppendAsync("c", Epoch, OwnAt(2, "ada", "\"said\"") with { Key = "k" }, Keep, new Amendment { Offset = 1, Data = theirs }, Cancel);
        await test.Log.AppendAsync("c", Epoch, OwnAt(3, "bob", "\"said\"") with { Key = "of bob" }, Keep, new Amendment { Offset = 1, Data = another }, Cancel);

        Assert.Equal(At(1) with { Own = new OwnData { UserId = "ada", Data = theirs } }, (await test.Log.ReadLastAsync("c", Epoch, 10, Cancel))[0]);

        await test.Log.AppendAsync("c", Epoch, At(4) with { Key = "k", Data = all }, Keep, new Amendment { Offset = 1, Data = all }, Cancel);

        Assert.Equal(
            [At(1) with { Data = all }, OwnAt(2, "ada", "\"all\"") with { Key = "k" }, OwnAt(3, "bob", "\"said\"") with { Key = "of bob" }, At(4) with { Key = "k", Data = all }],
            await test.Log.ReadLastAsync("c", Epoch, 10, Cancel));
    }

    [Fact]
    public async Task Should_amend_nothing_where_the_offset_is_taken_or_nothing_is_kept()
    {
        await using var test = await LogAsync();
        await test.Log.AppendAsync("c", Epoch, At(1), Keep, Cancel);
        await test.Log.AppendAsync("c", Epoch, At(2), Keep, Cancel);
        var amends = new Amendment { Offset = 1, Data = new Payload("2"u8.ToArray()) };

        await Assert.ThrowsAsync<MessageLogConflictException>(() => test.Log.AppendAsync("c", Epoch, At(2, "another"), Keep, amends, Cancel));
        await test.Log.AppendAsync("c", Epoch, At(3), Keep, amends with { Offset = 77 }, Cancel);

        Assert.Equal([At(1), At(2), At(3)], await test.Log.ReadLastAsync("c", Epoch, 10, Cancel));
    }

    [Fact]
    public async Task Should_keep_channels_and_epochs_apart()
    {
        await using var test = await LogAsync();
        await test.Log.AppendAsync("a", Epoch, At(1), Keep, Cancel);
        await test.Log.AppendAsync("A", Epoch, At(2), Keep, Cancel);
        await test.Log.AppendAsync("a", "e2", At(1), Keep, Cancel);

        Assert.Equal([1], Offsets(await test.Log.ReadLastAsync("a", Epoch, 10, Cancel)));
        Assert.Equal([2], Offsets(await test.Log.ReadLastAsync("A", Epoch, 10, Cancel)));
        Assert.Equal(new LoggedChannel("e2", 1), await test.Log.FindAsync("a", Cancel));
    }

    [Fact]
    public async Task Should_refuse_an_offset_that_is_taken_and_change_nothing()
    {
        await using var test = await LogAsync();
        await test.Log.AppendAsync("c", Epoch, At(5), Keep, Cancel);

        await Assert.ThrowsAsync<MessageLogConflictException>(() => test.Log.AppendAsync("c", Epoch, At(5, "another"), Keep, Cancel));
        await Assert.ThrowsAsync<MessageLogConflictException>(() => test.Log.AppendAsync("c", Epoch, At(4), Keep, Cancel));

        Assert.Equal([At(5)], await test.Log.ReadLastAsync("c", Epoch, 10, Cancel));
        Assert.Equal(new LoggedChannel(Epoch, 5), await test.Log.FindAsync("c", Cancel));
    }

    [Fact]
    public async Task Should_refuse_only_the_append_that_conflicts()
    {
        await using var test = await LogAsync();
        await test.Log.AppendAsync("c0", Epoch, At(1), Keep, Cancel);

        // All at once, so that they share transactions.
        var appends = Enumerable.Range(0, 200).Select(number => test.Log.AppendAsync($"c{number}", Epoch, At(1, "second"), Keep, Cancel)).ToList();
        await Assert.ThrowsAsync<MessageLogConflictException>(() => appends[0]);
        await Task.WhenAll(appends.Skip(1));

        Assert.Equal([At(1)], await test.Log.ReadLastAsync("c0", Epoch, 10, Cancel));
        Assert.Equal([At(1, "second")], await test.Log.ReadLastAsync("c199", Epoch, 10, Cancel));
    }

    [Fact]
    public async Task Should_keep_everything_of_many_writers_at_once()
    {
        await using var test = await LogAsync();
        const int channels = 40;
        const int each = 50;

        await Task.WhenAll(Enumerable.Range(0, channels).Select(async channel =>
        {
            for (var offset = 1; offset <= each; offset++)
                await test.Log.AppendAsync($"c{channel}", Epoch, At(offset), Keep, Cancel);
        }));

        for (var channel = 0; channel < channels; channel++)
            Assert.Equal(Enumerable.Range(1, each).Select(offset => (long)offset), Offsets(await test.Log.ReadAfterAsync($"c{channel}", Epoch, 0, 1_000, Cancel)));
    }

    [Fact]
    public async Task Should_replace_the_last_publication_of_the_same_key_only()
    {
        await using var test = await LogAsync();
        await test.Log.AppendAsync("c", Epoch, At(1, key: "x"), KeepLast, Cancel);
        await test.Log.AppendAsync("c", Epoch, At(2, key: "y"), KeepLast, Cancel);
        await test.Log.AppendAsync("c", Epoch, At(3), KeepLast, Cancel);
        await test.Log.AppendAsync("c", Epoch, At(4, key: "x"), KeepLast, Cancel);
        await test.Log.AppendAsync("c", Epoch, At(5), KeepLast, Cancel);
        await test.Log.AppendAsync("d", Epoch, At(1, key: "y"), KeepLast, Cancel);

        Assert.Equal([2, 4, 5], Offsets(await test.Log.ReadLastAsync("c", Epoch, 10, Cancel)));
    }

    [Fact]
    public async Task Should_refuse_an_offset_whose_publication_was_replaced()
    {
        await using var test = await LogAsync();
        await test.Log.AppendAsync("c", Epoch, At(1, key: "x"), KeepLast, Cancel);
        await test.Log.AppendAsync("c", Epoch, At(2, key: "x"), KeepLast, Cancel);

        await Assert.ThrowsAsync<MessageLogConflictException>(() => test.Log.AppendAsync("c", Epoch, At(1, key: "x"), KeepLast, Cancel));
        Assert.Equal([2], Offsets(await test.Log.ReadLastAsync("c", Epoch, 10, Cancel)));
    }

    [Fact]
    public async Task Should_sweep_what_outlived_its_retention_and_remember_the_head()
    {
        await using var test = await LogAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async channel =>
        {
            for (var offset = 1; offset <= 60; offset++)
                await test.Log.AppendAsync($"c{channel}", Epoch, At(offset), new Retention(Now.AddMinutes(offset), OnlyLastPerKey: false), Cancel);
        }));

        // 59 of each 60 in 20 channels: more than two steps.
        Assert.Equal(59 * 20, await test.Log.SweepAsync(Now.AddMinutes(59), Cancel));
        Assert.Equal([60], Offsets(await test.Log.ReadLastAsync("c0", Epoch, 10, Cancel)));
        Assert.Equal(20, await test.Log.SweepAsync(Now.AddMinutes(60), Cancel));
        Assert.Equal(0, await test.Log.SweepAsync(Now.AddMinutes(60), Cancel));
        Assert.Equal(new LoggedChannel(Epoch, 60), await test.Log.FindAsync("c0", Cancel));
        await Assert.ThrowsAsync<MessageLogConflictException>(() => test.Log.AppendAsync("c0", Epoch, At(60), Keep, Cancel));
    }

    [Fact]
    public async Task Should_read_at_least_one_and_at_most_a_thousand()
    {
        await using var test = await LogAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => test.Log.ReadLastAsync("c", Epoch, 0, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => test.Log.ReadAfterAsync("c", Epoch, 0, 1_001, Cancel));
    }

    private static Publication At(long offset, string id = "id", string? key = null) =>
        new() { Offset = offset, Id = $"{id}-{offset}", TimeMs = offset, Event = "e", Data = new Payload("1"u8.ToArray()), Key = key };

    /// <summary>For one user alone.</summary>
    private static Publication OwnAt(long offset, string userId, string json) =>
        At(offset, key: "k") with { Data = default, Own = new OwnData { UserId = userId, Data = new Payload(System.Text.Encoding.UTF8.GetBytes(json)) } };

    private static IEnumerable<long> Offsets(IEnumerable<Publication> publications) => publications.Select(publication => publication.Offset);

    /// <summary>An empty log.</summary>
    private protected abstract Task<LogUnderTest> LogAsync();

    private protected sealed record LogUnderTest(IMessageLog Log, Func<ValueTask> Dispose) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Dispose();
    }
}
