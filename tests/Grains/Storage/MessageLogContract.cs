using System.Text;
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

    private static IEnumerable<long> Offsets(IEnumerable<Publication> publications) => publications.Select(publication => publication.Offset);

    /// <summary>An empty log.</summary>
    private protected abstract Task<LogUnderTest> LogAsync();

    private protected sealed record LogUnderTest(IMessageLog Log, Func<ValueTask> Dispose) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Dispose();
    }
}
