using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>What a journal in a database promises beyond that.</summary>
public abstract class SqlRoomJournalContract(StorageProvider provider) : RoomJournalContract
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_have_an_acknowledged_entry_for_whoever_opens_the_database_next()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var first = new SqlRoomJournal(database.Database, database.Options);
        await first.AppendAsync("jazz", Entry(1), Cancel);

        // The first is not closed: as after a kill. It has become a second writer.
        await using var second = new SqlRoomJournal(database.Database, database.Options);
        Assert.Equal(1, Assert.Single(await second.ReadAfterAsync("jazz", 0, 10, Cancel)).Number);
        await second.AppendAsync("jazz", Entry(2), Cancel);
        await Assert.ThrowsAsync<JournalConflictException>(() => first.AppendAsync("jazz", Entry(2), Cancel));
    }

    [Fact]
    public async Task Should_write_what_is_queued_before_it_closes()
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var journal = new SqlRoomJournal(database.Database, database.Options);
        var appends = Enumerable.Range(1, 500).Select(number => journal.AppendAsync($"room-{number}", Entry(1), Cancel)).ToList();
        await journal.DisposeAsync();
        await Task.WhenAll(appends);
    }

    private protected override async Task<JournalUnderTest> JournalAsync()
    {
        var database = await TestDatabase.CreateAsync(provider);
        var journal = new SqlRoomJournal(database.Database, database.Options);
        return new JournalUnderTest(journal, async () =>
        {
            await journal.DisposeAsync();
            await database.DisposeAsync();
        });
    }

    private static JournalEntry Entry(long number) => new(number, number, number, null, "{}"u8.ToArray());
}
