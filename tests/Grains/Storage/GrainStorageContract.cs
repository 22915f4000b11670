using System.Globalization;
using System.Text;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>What the grain storage provider is promised by the statements, on every database.</summary>
public abstract class GrainStorageContract(StorageProvider provider)
{
    [Fact]
    public async Task Should_read_nothing_where_nothing_was_written()
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        Assert.Empty(await new SqlStatements(test.Database).RunAsync("ReadFromStorageKey", new Key()));
    }

    [Fact]
    public async Task Should_count_versions_and_give_back_the_bytes()
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        var sql = new SqlStatements(test.Database);

        Assert.Equal(1, await WriteAsync(sql, new Key(), version: null, "one"));
        Assert.Equal(2, await WriteAsync(sql, new Key(), version: 1, "two"));

        var row = Assert.Single(await sql.RunAsync("ReadFromStorageKey", new Key()));
        Assert.Equal("two", Encoding.UTF8.GetString((byte[])row["PayloadBinary"]!));
        Assert.Equal(2, Number(row["Version"]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Should_refuse_a_write_with_another_version(int? version)
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        var sql = new SqlStatements(test.Database);
        await WriteAsync(sql, new Key(), version: null, "one");
        await WriteAsync(sql, new Key(), version: 1, "two");

        Assert.Null(await WriteAsync(sql, new Key(), version, "three"));
        Assert.Equal("two", Encoding.UTF8.GetString((byte[])Assert.Single(await sql.RunAsync("ReadFromStorageKey", new Key()))["PayloadBinary"]!));
    }

    [Fact]
    public async Task Should_refuse_a_versioned_write_of_a_row_that_is_gone()
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        Assert.Null(await WriteAsync(new SqlStatements(test.Database), new Key(), version: 1, "one"));
    }

    [Fact]
    public async Task Should_let_one_of_many_first_writes_win()
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        var sql = new SqlStatements(test.Database);
        var versions = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Task.Run(() => WriteAsync(sql, new Key(), version: null, $"{number}"))));
        Assert.Equal(1, Assert.Single(versions, version => version is not null));
    }

    [Fact]
    public async Task Should_remember_the_version_of_a_cleared_state()
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        var sql = new SqlStatements(test.Database);
        await WriteAsync(sql, new Key(), version: null, "one");

        Assert.Empty(await sql.RunAsync("ClearStorageKey", new Key { GrainStateVersion = 7 }));
        Assert.Equal(2, Number(Assert.Single(await sql.RunAsync("ClearStorageKey", new Key { GrainStateVersion = 1 })).Values.Single()));

        var row = Assert.Single(await sql.RunAsync("ReadFromStorageKey", new Key()));
        Assert.Null(row["PayloadBinary"]);
        Assert.Equal(2, Number(row["Version"]));
        Assert.Equal(3, await WriteAsync(sql, new Key(), version: 2, "again"));
    }

    [Fact]
    public async Task Should_delete_a_state_of_the_callers_version_only()
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        var sql = new SqlStatements(test.Database);
        await WriteAsync(sql, new Key(), version: null, "one");

        Assert.Empty(await sql.RunAsync("DeleteStorageKey", new Key { GrainStateVersion = 7 }));
        Assert.Equal(2, Number(Assert.Single(await sql.RunAsync("DeleteStorageKey", new Key { GrainStateVersion = 1 })).Values.Single()));
        Assert.Empty(await sql.RunAsync("ReadFromStorageKey", new Key()));
        Assert.Equal(1, await WriteAsync(sql, new Key(), version: null, "again"));
    }

    [Fact]
    public async Task Should_tell_rows_apart_by_every_part_of_the_key_but_the_hashes()
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        var sql = new SqlStatements(test.Database);
        Key[] keys =
        [
            new(), new() { ServiceId = "other" }, new() { GrainTypeString = "other" }, new() { GrainIdN0 = 1 }, new() { GrainIdN1 = 1 },
            new() { GrainIdExtensionString = "room:JAZZ" }, new() { GrainIdExtensionString = null },
        ];
        foreach (var key in keys)
            Assert.Equal(1, await WriteAsync(sql, key, version: null, "x"));

        Assert.Null(await WriteAsync(sql, new Key { GrainIdHash = 5, GrainTypeHash = 6 }, version: null, "x"));
    }

    private static async Task<int?> WriteAsync(SqlStatements sql, Key key, int? version, string payload)
    {
        var rows = await sql.RunAsync("WriteToStorageKey", key with { GrainStateVersion = version, PayloadBinary = Encoding.UTF8.GetBytes(payload) });
        return rows.Count == 0 ? null : Number(Assert.Single(rows)["NewGrainStateVersion"]);
    }

    private static int Number(object? value) => Convert.ToInt32(value, CultureInfo.InvariantCulture);

    private sealed record Key
    {
        public int GrainIdHash { get; init; }

        public long GrainIdN0 { get; init; }

        public long GrainIdN1 { get; init; }

        public int GrainTypeHash { get; init; }

        public string GrainTypeString { get; init; } = "room";

        public string? GrainIdExtensionString { get; init; } = "room:jazz";

        public string ServiceId { get; init; } = "whatssound";

        public int? GrainStateVersion { get; init; }

        public byte[]? PayloadBinary { get; init; }
    }
}
