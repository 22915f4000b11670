using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using WhatsSound.Grains.Storage;
using WhatsSound.Publications;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>Exactly these rows of the message log are written, on every database: one publication with everything set, one with the least.</summary>
public sealed class When_a_publication_is_kept
{
    private static readonly Publication Full = (Publication)Specimen.Full(typeof(Publication));
    private static readonly Publication Minimal = (Publication)Specimen.Minimal(typeof(Publication)) with { Offset = Full.Offset + 1 };

    public static TheoryData<StorageProvider> Providers => [StorageProvider.Sqlite, StorageProvider.Postgresql];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Should_write_and_read_the_agreed_rows(StorageProvider provider)
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        await using var log = new SqlMessageLog(test.Database, test.Options);
        var cancellationToken = TestContext.Current.CancellationToken;
        var until = DateTimeOffset.FromUnixTimeMilliseconds(1_900_000_000_000);
        await log.AppendAsync("a channel", "an epoch", Full, new(until, OnlyLastPerKey: true), amends: null, cancellationToken);
        await log.AppendAsync("a channel", "an epoch", Minimal, new(until.AddMilliseconds(1), OnlyLastPerKey: false), amends: null, cancellationToken);

        GoldenFile.Hold("Golden/PublicationLog.json", GoldenFile.Together(
            [
                .. await RowsAsync(test.Database, "SELECT * FROM PublicationLog ORDER BY ChannelOffset"),
                .. await RowsAsync(test.Database, "SELECT * FROM PublicationLogHead"),
            ]));
        Assert.Equal([Full, Minimal], await log.ReadLastAsync("a channel", "an epoch", 10, cancellationToken));
    }

    private static async Task<IEnumerable<string>> RowsAsync(Database database, string sql)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        var rows = await connection.QueryAsync(sql);
        return rows.Cast<IDictionary<string, object?>>()
            .Select(row => JsonSerializer.Serialize(row.ToDictionary(column => column.Key.ToLowerInvariant(), column => Text(column.Value))));
    }

    // Databases differ in the types of their numbers.
    private static string? Text(object? value) => value switch
    {
        null => null,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
