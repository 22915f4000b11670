using System.Globalization;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>What the reminder service is promised by the statements, on every database.</summary>
public abstract class ReminderContract(StorageProvider provider)
{
    private static readonly DateTime Start = new(2030, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);

    [Fact]
    public async Task Should_count_versions_of_a_reminder()
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        var sql = new SqlStatements(test.Database);
        var first = await UpsertAsync(sql, "expire", hash: 0);
        Assert.NotEqual(first, await UpsertAsync(sql, "expire", hash: 0));

        var row = Assert.Single(await sql.RunAsync("ReadReminderRowKey", new { ServiceId = "s", GrainId = "room/room:jazz", ReminderName = "expire" }));
        Assert.Equal("room/room:jazz", row["GrainId"]);
        Assert.Equal("expire", row["ReminderName"]);
        Assert.Equal(3_000_000_000L, Convert.ToInt64(row["Period"], CultureInfo.InvariantCulture));
        Assert.Equal(Start, Convert.ToDateTime(row["StartTime"], CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Should_read_all_reminders_of_a_grain()
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        var sql = new SqlStatements(test.Database);
        await UpsertAsync(sql, "a", hash: 0);
        await UpsertAsync(sql, "b", hash: 0);
        Assert.Equal(["a", "b"], (await sql.RunAsync("ReadReminderRowsKey", new { ServiceId = "s", GrainId = "room/room:jazz" })).Select(row => row["ReminderName"]).Order());
        Assert.Empty(await sql.RunAsync("ReadReminderRowsKey", new { ServiceId = "t", GrainId = "room/room:jazz" }));
    }

    [Theory]
    [InlineData("ReadRangeRows1Key", -10, 10, new[] { "b", "c" })] // without the beginning, with the end
    [InlineData("ReadRangeRows2Key", 5, -10, new[] { "a", "c" })] // over the end of the ring
    [InlineData("ReadRangeRows2Key", 0, 0, new[] { "a", "b", "c" })] // the whole ring
    public async Task Should_read_the_reminders_of_a_part_of_the_ring(string statement, int begin, int end, string[] expected)
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        var sql = new SqlStatements(test.Database);
        await UpsertAsync(sql, "a", hash: -10);
        await UpsertAsync(sql, "b", hash: 5);
        await UpsertAsync(sql, "c", hash: 10);
        var rows = await sql.RunAsync(statement, new { ServiceId = "s", BeginHash = begin, EndHash = end });
        Assert.Equal(expected, rows.Select(row => row["ReminderName"]).Order());
    }

    [Fact]
    public async Task Should_delete_a_reminder_of_the_callers_version_only()
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        var sql = new SqlStatements(test.Database);
        var version = await UpsertAsync(sql, "a", hash: 0);
        Assert.False(await DeleteAsync(sql, version + 1));
        Assert.True(await DeleteAsync(sql, version));
        Assert.False(await DeleteAsync(sql, version));
    }

    private static async Task<int> UpsertAsync(SqlStatements sql, string name, int hash)
    {
        var rows = await sql.RunAsync(
            "UpsertReminderRowKey",
            new { ServiceId = "s", GrainHash = hash, GrainId = "room/room:jazz", ReminderName = name, StartTime = Start, Period = 3_000_000_000L });
        return Convert.ToInt32(Assert.Single(rows)["Version"], CultureInfo.InvariantCulture);
    }

    private static async Task<bool> DeleteAsync(SqlStatements sql, int version)
    {
        var rows = await sql.RunAsync("DeleteReminderRowKey", new { ServiceId = "s", GrainId = "room/room:jazz", ReminderName = "a", Version = version });
        return Convert.ToBoolean(Assert.Single(rows).Values.Single(), CultureInfo.InvariantCulture);
    }
}
