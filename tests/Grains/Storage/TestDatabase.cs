using Microsoft.Extensions.Options;
using WhatsSound.Grains.Storage;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>An empty database with the schema, gone after the test.</summary>
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

    public static Task<TestDatabase> CreateAsync(StorageProvider provider) =>
        provider == StorageProvider.Sqlite ? Task.FromResult(CreateSqlite()) : CreatePostgresAsync();

    public static TestDatabase CreateSqlite()
    {
        var folder = Directory.CreateTempSubdirectory("whatssound-");
        var options = new StorageOptions { ConnectionString = $"Data Source={Path.Combine(folder.FullName, "test.db")}" };
        var test = new TestDatabase(options, () =>
        {
            folder.Delete(recursive: true);
            return Task.CompletedTask;
        });
        SqliteSchema.Apply((SqliteDataSource)test.Database.DataSource);
        return test;
    }

    private static async Task<TestDatabase> CreatePostgresAsync()
    {
        var connectionString = await PostgresServer.Shared.CreateDatabaseAsync();
        return new TestDatabase(
            new StorageOptions { Provider = StorageProvider.Postgresql, ConnectionString = connectionString },
            () => PostgresServer.Shared.DropDatabaseAsync(connectionString));
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await drop();
    }
}
