using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using WhatsSound.Grains.Storage;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>Exactly these rows of the journal are written, on every database: one entry with everything set, one with the least.</summary>
public sealed class When_an_entry_of_a_room_is_kept
{
    public static TheoryData<StorageProvider> Providers => [StorageProvider.Sqlite, StorageProvider.Postgresql];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Should_write_the_agreed_rows(StorageProvider provider)
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        await using var journal = new SqlRoomJournal(test.Database, test.Options);
        var cancellationToken = TestContext.Current.CancellationToken;
        await journal.AppendAsync("a-room", new(1, 2, 3, "an author", """{"schema":1}"""u8.ToArray()), cancellationToken);
        await journal.AppendAsync("a-room", new(2, 2, 4, null, "{}"u8.ToArray()), cancellationToken);

        await using var connection = await test.Database.DataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync("SELECT * FROM RoomJournal ORDER BY EntryNumber");
        GoldenFile.Hold("Golden/RoomJournal.json", GoldenFile.Together([.. rows.Cast<IDictionary<string, object?>>()
            .Select(row => JsonSerializer.Serialize(row.ToDictionary(column => column.Key.ToLowerInvariant(), column => Text(column.Value))))]));
    }

    // Databases differ in the types of their numbers.
    private static string? Text(object? value) => value switch
    {
        null => null,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
