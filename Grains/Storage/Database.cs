using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace WhatsSound.Grains.Storage;

/// <summary>The one database of this process, shared by the message log and by Orleans' providers of grain state and reminders.</summary>
public sealed class Database : IAsyncDisposable
{
    // SQLite has one writer at a time, and works on its caller's thread, also while it waits for the disk or for another writer. Writers that wait here, in their
    // order, hold no thread but that of the one who writes.
    private readonly TaskScheduler _sqliteWrites = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

    /// <summary>The database that the options name. Nothing is opened before the first use.</summary>
    public Database(IOptions<StorageOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Provider = options.Value.Provider;
        DataSource = Provider == StorageProvider.Sqlite
            ? new SqliteDataSource(options.Value.SqliteConnectionString)
            : NpgsqlDataSource.Create(options.Value.ConnectionString);
    }

    /// <summary>Which kind it is.</summary>
    public StorageProvider Provider { get; }

    /// <summary>Opens connections to it.</summary>
    public DbDataSource DataSource { get; }

    /// <summary>The name by which ADO.NET providers of Orleans know its kind; SQLite's stands for Microsoft.Data.Sqlite.</summary>
    public string Invariant => Provider == StorageProvider.Sqlite ? "System.Data.SQLite" : "Npgsql";

    /// <summary>
    /// Does what writes to it: on SQLite one after another, on PostgreSQL at once. Cancelled before its turn it is not done, cancelled later nobody knows. What waits is
    /// bounded by those who wait: a grain saves once at a time, and who gives a write up begins no other before it is done. Reminders do not come this way: they are Orleans' own.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<Task<T>> writeAsync, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writeAsync);
        return Provider == StorageProvider.Sqlite
            ? Task.Factory.StartNew(writeAsync, cancellationToken, TaskCreationOptions.DenyChildAttach, _sqliteWrites).Unwrap().WaitAsync(cancellationToken)
            : writeAsync();
    }

    /// <inheritdoc cref="WriteAsync{T}(Func{Task{T}}, CancellationToken)"/>
    public Task WriteAsync(Func<Task> writeAsync, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writeAsync);
        return WriteAsync(async () =>
        {
            await writeAsync();
            return true;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => DataSource.DisposeAsync();
}
