using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>What an outbox in a database promises beyond that.</summary>
public abstract class SqlOutboxContract(StorageProvider provider) : OutboxContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_have_what_was_appended_for_whoever_opens_the_database_next()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var first = new SqlOutbox(database.Database, database.Options);
        await first.AppendAsync(new([new("lane", "a", 0, [1])], new("jazz", "e", 7, IsOccupied: true, 0)), Cancel);

        // The first is not closed: as after a kill.
        await using var second = new SqlOutbox(database.Database, database.Options);
        Assert.Equal("a", Assert.Single(await second.ReadAsync("lane", 10, int.MaxValue, Cancel)).Source);
        Assert.Equal(7, (await second.FindMarkAsync("jazz", Cancel))!.HeadOffset);
    }

    [Fact]
    public async Task Should_write_what_is_queued_before_it_closes()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var outbox = new SqlOutbox(database.Database, database.Options);
        var appends = Enumerable.Range(1, 500).Select(number => outbox.AppendAsync(new([new("lane", $"{number}", 0, [1])]), Cancel)).ToList();
        await outbox.DisposeAsync();
        await Task.WhenAll(appends);
    }

    private protected override async Task<OutboxUnderTest> OutboxAsync()
    {
        var database = await TestDatabase.CreateAsync(provider);
        var outbox = new SqlOutbox(database.Database, database.Options);
        return new OutboxUnderTest(outbox, async () =>
        {
            await outbox.DisposeAsync();
            await database.DisposeAsync();
        });
    }
}
