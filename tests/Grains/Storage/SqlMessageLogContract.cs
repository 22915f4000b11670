using WhatsSound.Grains.Storage;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>What a message log in a database promises beyond that.</summary>
public abstract class SqlMessageLogContract(StorageProvider provider) : MessageLogContract
{
    private const string Epoch = "e1";
    private static readonly Retention Keep = new(DateTimeOffset.MaxValue, OnlyLastPerKey: false);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_have_an_acknowledged_publication_for_whoever_opens_the_database_next()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var first = new SqlMessageLog(database.Database, database.Options);
        await first.AppendAsync("c", Epoch, First(), Keep, amends: null, Cancel);

        // The first log is not closed: as after a kill.
        await using var second = new SqlMessageLog(database.Database, database.Options);
        Assert.Equal([1], (await second.ReadLastAsync("c", Epoch, 10, Cancel)).Select(publication => publication.Offset));
    }

    [Fact]
    public async Task Should_write_what_is_queued_before_it_closes()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var log = new SqlMessageLog(database.Database, database.Options);
        var appends = Enumerable.Range(1, 500).Select(number => log.AppendAsync($"c{number}", Epoch, First(), Keep, amends: null, Cancel)).ToList();
        await log.DisposeAsync();
        await Task.WhenAll(appends);
    }

    private protected override async Task<LogUnderTest> LogAsync()
    {
        var database = await TestDatabase.CreateAsync(provider);
        var log = new SqlMessageLog(database.Database, database.Options);
        return new LogUnderTest(log, async () =>
        {
            await log.DisposeAsync();
            await database.DisposeAsync();
        });
    }

    private static Publication First() => new() { Offset = 1, Id = "id", TimeMs = 1, Event = "e" };
}
