using System.Globalization;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>What Orleans' clustering is promised by the statements.</summary>
public sealed class When_silos_are_listed_in_postgresql
{
    private static readonly DateTime Start = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Should_answer_the_version_also_without_members()
    {
        await using var test = await TestDatabase.CreateAsync(StorageProvider.Postgresql);
        var sql = new SqlStatements(test.Database);
        Assert.True(await TrueAsync(sql, "InsertMembershipVersionKey", new { DeploymentId = "c" }));
        Assert.False(await TrueAsync(sql, "InsertMembershipVersionKey", new { DeploymentId = "c" }));

        var row = Assert.Single(await sql.RunAsync("MembershipReadAllKey", new { DeploymentId = "c" }));
        Assert.Equal(0, Convert.ToInt32(row["Version"], CultureInfo.InvariantCulture));
        Assert.Null(row["StartTime"]);
    }

    [Fact]
    public async Task Should_take_one_change_per_version()
    {
        await using var test = await TestDatabase.CreateAsync(StorageProvider.Postgresql);
        var sql = new SqlStatements(test.Database);
        await sql.RunAsync("InsertMembershipVersionKey", new { DeploymentId = "c" });

        Assert.False(await InsertAsync(sql, port: 1, version: 5));
        Assert.True(await InsertAsync(sql, port: 1, version: 0));
        Assert.False(await InsertAsync(sql, port: 2, version: 0));
        Assert.False(await InsertAsync(sql, port: 1, version: 1));
        Assert.True(await InsertAsync(sql, port: 2, version: 1));
        Assert.False(await UpdateAsync(sql, port: 9, version: 2));
        Assert.True(await UpdateAsync(sql, port: 1, version: 2));
        Assert.False(await UpdateAsync(sql, port: 1, version: 2));

        var rows = await sql.RunAsync("MembershipReadAllKey", new { DeploymentId = "c" });
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Equal(3, row["Version"]));
        var first = Assert.Single(await sql.RunAsync("MembershipReadRowKey", new { DeploymentId = "c", Address = "127.0.0.1", Port = 1, Generation = 7 }));
        Assert.Equal("somebody", first["SuspectTimes"]);
    }

    [Fact]
    public async Task Should_let_one_of_many_silos_make_the_next_version()
    {
        await using var test = await TestDatabase.CreateAsync(StorageProvider.Postgresql);
        var sql = new SqlStatements(test.Database);
        await sql.RunAsync("InsertMembershipVersionKey", new { DeploymentId = "c" });
        var done = await Task.WhenAll(Enumerable.Range(1, 10).Select(port => InsertAsync(sql, port, version: 0)));
        Assert.Single(done, inserted => inserted);
        Assert.Single(await sql.RunAsync("MembershipReadAllKey", new { DeploymentId = "c" }));
    }

    [Fact]
    public async Task Should_list_gateways_and_forget_the_long_dead()
    {
        await using var test = await TestDatabase.CreateAsync(StorageProvider.Postgresql);
        var sql = new SqlStatements(test.Database);
        await sql.RunAsync("InsertMembershipVersionKey", new { DeploymentId = "c" });
        await InsertAsync(sql, port: 1, version: 0);
        await InsertAsync(sql, port: 2, version: 1);
        await UpdateAsync(sql, port: 2, version: 2, status: 6);

        Assert.Equal(30000, Assert.Single(await sql.RunAsync("GatewaysQueryKey", new { DeploymentId = "c", Status = 3 }))["ProxyPort"]);

        await sql.RunAsync("UpdateIAmAlivetimeKey", new { DeploymentId = "c", Address = "127.0.0.1", Port = 1, Generation = 7, IAmAliveTime = Start.AddDays(1) });
        await sql.RunAsync("CleanupDefunctSiloEntriesKey", new { DeploymentId = "c", IAmAliveTime = Start.AddDays(2) });
        Assert.Equal(1, Assert.Single(await sql.RunAsync("MembershipReadAllKey", new { DeploymentId = "c" }))["Port"]);

        await sql.RunAsync("DeleteMembershipTableEntriesKey", new { DeploymentId = "c" });
        Assert.Empty(await sql.RunAsync("MembershipReadAllKey", new { DeploymentId = "c" }));
    }

    private static async Task<bool> TrueAsync(SqlStatements sql, string statement, object parameters) =>
        Convert.ToBoolean(Assert.Single(await sql.RunAsync(statement, parameters)).Values.Single(), CultureInfo.InvariantCulture);

    private static Task<bool> InsertAsync(SqlStatements sql, int port, int version) => TrueAsync(
        sql, "InsertMembershipKey",
        new
        {
            DeploymentId = "c", IAmAliveTime = Start, SiloName = $"silo{port}", HostName = "h", Address = "127.0.0.1", Port = port, Generation = 7,
            StartTime = Start, Status = 3, ProxyPort = 30000, Version = version,
        });

    private static Task<bool> UpdateAsync(SqlStatements sql, int port, int version, int status = 3) => TrueAsync(
        sql, "UpdateMembershipKey",
        new
        {
            DeploymentId = "c", Address = "127.0.0.1", Port = port, Generation = 7, IAmAliveTime = Start, Status = status, SuspectTimes = "somebody",
            Version = version,
        });
}
