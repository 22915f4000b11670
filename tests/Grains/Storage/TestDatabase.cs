using System.Data.Common;
using Microsoft.Extensions.Options;
using WhatsSound.Grains.Storage;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>A database that is gone after the test: with the schema and empty, or as a script makes it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly Func<Task> drop;

    private TestDatabase(StorageOptions options, Func<Task> drop)
    {
        this.drop = drop;
        Options = Microsoft.Extensions.Options.Options.Create(options);
        Database = new Database(Options);
    }

    public IOptions<StorageOptions> Options { get; }

    public Database Database { get; }

    public static Task<TestDatabase> CreateAsync(StorageProvider provider, string? script = null) =>
        provider == StorageProvider.Sqlite ? Task.FromResult(CreateSqlite(script)) : CreatePostgresAsync(script);

    public static TestDatabase CreateSqlite(string? script = null)
    {
        var folder = Directory.CreateTempSubdirectory("whatssound-");
        var options = new StorageOptions { ConnectionString = $"Data Source={Path.Combine(folder.FullName, "test.db")}" };
        var test = new TestDatabase(options, () =>
        {
            folder.Delete(recursive: true);
            return Task.CompletedTask;
        });
        Make(test, script);
        return test;
    }

    /// <summary>The one of a disk, with the schema; the disk is the caller's.</summary>
    public static TestDatabase OnDisk(Disk disk)
    {
        var test = new TestDatabase(new StorageOptions { ConnectionString = disk.ConnectionStringOf("test.db") }, () => Task.CompletedTask);
        Make(test, script: null);
        return test;
    }

    private static void Make(TestDatabase test, string? script)
    {
        var dataSource = (SqliteDataSource)test.Database.DataSource;
        SqliteFile.Prepare(dataSource.File);
        if (script is null)
            SqliteSchema.Apply(dataSource);
        else
            Execute(dataSource, script);
    }

    private static async Task<TestDatabase> CreatePostgresAsync(string? script)
    {
        var connectionString = await PostgresServer.Shared.CreateDatabaseAsync(script);
        return new TestDatabase(
            new StorageOptions { Provider = StorageProvider.Postgresql, ConnectionString = connectionString },
            () => PostgresServer.Shared.DropDatabaseAsync(connectionString));
    }

    private static void Execute(DbDataSource dataSource, string script)
    {
        using var connection = dataSource.OpenConnection();
        using var command = connection.CreateCommand();
        command.CommandText = script;
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await drop();
    }
}
