using System.Globalization;
using Dapper;
using WhatsSound.Grains.Storage;
using WhatsSound.Start;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Grains.Storage;

public sealed class When_the_schema_is_applied
{
    [Fact]
    public async Task Should_change_nothing_the_second_time()
    {
        await using var test = TestDatabase.CreateSqlite();
        await using var connection = await test.Database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("INSERT INTO PublicationLogHead VALUES ('c', 'e', 1)");
        await connection.ExecuteAsync("PRAGMA user_version = 0");

        SqliteSchema.Apply((SqliteDataSource)test.Database.DataSource);

        Assert.Equal(SqliteSchema.Version, await connection.QuerySingleAsync<int>("PRAGMA user_version"));
        Assert.Equal(1, await connection.QuerySingleAsync<int>("SELECT COUNT(*) FROM PublicationLogHead"));
        Assert.Equal("wal", await connection.QuerySingleAsync<string>("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task Should_refuse_a_file_of_a_newer_program()
    {
        await using var test = TestDatabase.CreateSqlite();
        await using var connection = await test.Database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {SqliteSchema.Version + 1}"));
        Assert.Contains("newer", Assert.Throws<HostStartException>(() => SqliteSchema.Apply((SqliteDataSource)test.Database.DataSource)).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Should_refuse_a_file_of_another_program_and_leave_it_alone(int version)
    {
        var folder = Directory.CreateTempSubdirectory("whatssound-");
        await using var dataSource = new SqliteDataSource($"Data Source={Path.Combine(folder.FullName, "other.db")}");
        SqliteFile.Prepare(dataSource.File);
        await using (var connection = await dataSource.OpenConnectionAsync())
        {
            await connection.ExecuteAsync("CREATE TABLE Recipes (Name TEXT)");
            await connection.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version}"));

            Assert.Contains("another program", Assert.Throws<HostStartException>(() => SqliteSchema.Apply(dataSource)).Message);
            Assert.Equal("Recipes", await connection.QuerySingleAsync<string>("SELECT name FROM sqlite_master"));
        }

        await dataSource.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Should_wait_when_two_programs_start_on_a_new_file()
    {
        var folder = Directory.CreateTempSubdirectory("whatssound-");
        await using var dataSource = new SqliteDataSource($"Data Source={Path.Combine(folder.FullName, "new", "test.db")}");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            SqliteFile.Prepare(dataSource.File);
            SqliteSchema.Apply(dataSource);
        })));
        await dataSource.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Should_accept_postgresql_after_the_step_and_after_its_repetition()
    {
        await using var test = await TestDatabase.CreateAsync(StorageProvider.Postgresql);
        var dataSource = (Npgsql.NpgsqlDataSource)test.Database.DataSource;
        await PostgresSchema.CheckAsync(dataSource, TestContext.Current.CancellationToken);
        await PostgresServer.ApplySchemaAsync(test.Options.Value.ConnectionString);
        await PostgresSchema.CheckAsync(dataSource, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Should_say_what_to_do_without_the_step()
    {
        await using var test = await TestDatabase.CreateAsync(StorageProvider.Postgresql);
        await using var connection = await test.Database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("DROP TABLE WhatsSoundSchema");
        var exception = await Assert.ThrowsAsync<HostStartException>(
            () => PostgresSchema.CheckAsync((Npgsql.NpgsqlDataSource)test.Database.DataSource, TestContext.Current.CancellationToken));
        Assert.Contains("no schema", exception.Message);
        Assert.Contains("deploy/postgresql.sql", exception.Message);
    }

    [Theory]
    [InlineData(-1, "deploy/postgresql.sql")]
    [InlineData(1, "newer")]
    public async Task Should_refuse_a_postgresql_database_of_another_version(int newer, string said)
    {
        await using var test = await TestDatabase.CreateAsync(StorageProvider.Postgresql);
        await using var connection = await test.Database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("UPDATE WhatsSoundSchema SET Version = Version + @newer", new { newer });
        var exception = await Assert.ThrowsAsync<HostStartException>(
            () => PostgresSchema.CheckAsync((Npgsql.NpgsqlDataSource)test.Database.DataSource, TestContext.Current.CancellationToken));
        Assert.Contains(said, exception.Message);
    }
}
