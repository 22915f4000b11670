using Dapper;
using WhatsSound.Grains.Storage;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>A database that has gone back in time, after the step that the deployment page has for it: what there is goes on, under numbers that were never given.</summary>
public sealed class When_a_backup_is_put_in_place
{
    private const string Epoch = "0123456789abcdef0123";
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Retention Keep = new(DateTimeOffset.MaxValue, OnlyLastPerKey: false);

    public static TheoryData<StorageProvider> Providers => [StorageProvider.Sqlite, StorageProvider.Postgresql];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Should_keep_what_there_is_in_an_epoch_of_its_own(StorageProvider provider)
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        await using var log = new SqlMessageLog(test.Database, test.Options);
        for (var offset = 1; offset <= 42; offset++)
            await log.AppendAsync("c", Epoch, Numbered(offset), Keep, amends: null, Cancel);

        await AfterRestoreAsync(test);

        var found = (await log.FindAsync("c", Cancel))!;
        Assert.NotEqual(Epoch, found.Epoch);
        Assert.InRange(found.Epoch.Length, 1, 32);
        Assert.Equal(42, found.HeadOffset);
        Assert.Equal(Enumerable.Range(1, 42).Select(offset => $"p{offset}"), (await log.ReadAfterAsync("c", found.Epoch, 0, 100, Cancel)).Select(one => one.Id));
        Assert.Empty(await log.ReadAfterAsync("c", Epoch, 0, 100, Cancel));
        await log.AppendAsync("c", found.Epoch, Numbered(43), Keep, amends: null, Cancel);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Should_resume_no_channel_that_rests(StorageProvider provider)
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        var resting = new SqlRestingChannels(test.Database);
        await resting.RestAsync("c", new("e1", 7), Now, Cancel);

        await AfterRestoreAsync(test);

        Assert.Equal(new(new("e2", 0), IsResumed: false), await resting.TakeAsync("c", "e2", Now, Cancel));
    }

    private static Publication Numbered(long offset) => new() { Offset = offset, Id = $"p{offset}", TimeMs = offset, Event = "said" };

    private static async Task AfterRestoreAsync(TestDatabase test)
    {
        var script = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "after-restore.sql"), Cancel);
        await using var connection = await test.Database.DataSource.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync(script);
    }
}
