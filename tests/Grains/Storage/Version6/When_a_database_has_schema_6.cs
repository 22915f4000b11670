using Dapper;
using WhatsSound.Grains.Storage;
using WhatsSound.Publications;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Grains.Storage.Version6;

/// <summary>Schema 7 adds the outbox, and leaves what there is as it is.</summary>
public sealed class When_a_database_has_schema_6
{
    public static TheoryData<StorageProvider> Providers => [StorageProvider.Sqlite, StorageProvider.Postgresql];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Should_have_what_it_had_and_an_outbox(StorageProvider provider)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var test = await TestDatabase.CreateAsync(provider, GoldenFile.Read($"{provider}.sql".ToLowerInvariant()));
        await using (var connection = await test.Database.DataSource.OpenConnectionAsync(cancel))
        {
            await connection.ExecuteAsync("INSERT INTO PublicationLogHead (Channel, Epoch, HeadOffset) VALUES ('notes', 'e1', 41)");
            await connection.ExecuteAsync("INSERT INTO RestingChannel (Channel, Epoch, HeadOffset, IsResting, KeepUntilMs) VALUES ('quiet', 'e2', 5, 1, 9000000000000)");
        }

        // The step of deployment that every version has; a SQLite file is brought up to date by the program itself.
        if (provider == StorageProvider.Postgresql)
            await PostgresServer.ApplySchemaAsync(test.Options.Value.ConnectionString);
        using var start = new StorageStart(test.Database);
        await start.StartAsync(cancel);

        await using var log = new SqlMessageLog(test.Database, test.Options);
        Assert.Equal(new LoggedChannel("e1", 41), await log.FindAsync("notes", cancel));
        await log.AppendAsync("notes", "e1", new() { Offset = 42, Id = "id", TimeMs = 1 }, new(DateTimeOffset.MaxValue, OnlyLastPerKey: false), amends: null, cancel);
        Assert.Equal(new(new Position("e2", 5), IsResumed: true), await new SqlRestingChannels(test.Database).TakeAsync("quiet", "e3", DateTimeOffset.UnixEpoch, cancel));

        await using var outbox = new SqlOutbox(test.Database, test.Options);
        await outbox.AppendAsync(new([new("lane", "a", 1, [1])], new("notes", "e1", 42, IsOccupied: false, 1)), cancel);
        Assert.Single(await outbox.ReadAsync("lane", 10, 1_000, cancel));
        Assert.Equal(42, (await outbox.FindMarkAsync("notes", cancel))!.HeadOffset);
    }
}
