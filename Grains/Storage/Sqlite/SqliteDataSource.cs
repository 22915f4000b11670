using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace WhatsSound.Grains.Storage;

/// <summary>
/// Connections to one SQLite file, all with the settings that SQLite keeps per connection: a writer waits for another one in steps of milliseconds (without it,
/// Microsoft.Data.Sqlite sleeps 150 ms between two tries), and a commit waits for the disk, since a power cut that undid one would give numbers twice, of channels
/// and of rooms. A connection never creates the file (<see cref="SqliteSchema.Apply"/> does), and commits nothing to a file that was deleted or replaced: that would be
/// acknowledged and lost.
/// </summary>
public sealed class SqliteDataSource : DbDataSource
{
    // fullfsync: macOS hands a file to the disk at fsync, and makes the disk keep it only when told so; elsewhere it means nothing.
    private const string ConnectionSettings = "PRAGMA busy_timeout = 10000; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;";

    private readonly string connectionString;

    /// <summary>Of the file that the connection string names.</summary>
    public SqliteDataSource(string connectionString)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString);
        File = settings.DataSource;
        if (settings.Mode == SqliteOpenMode.ReadWriteCreate && !IsInMemory)
            settings.Mode = SqliteOpenMode.ReadWrite;
        this.connectionString = settings.ConnectionString;
    }

    /// <inheritdoc/>
    public override string ConnectionString => connectionString;

    /// <summary>The path of the file.</summary>
    public string File { get; }

    private bool IsInMemory => File is "" or ":memory:";

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => new SqliteConnection(connectionString);

    /// <inheritdoc/>
    protected override DbConnection OpenDbConnection()
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            if (!IsInMemory)
                Guard(connection.Handle!);
            using var command = connection.CreateCommand();
            command.CommandText = ConnectionSettings;
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Guard(sqlite3 handle)
    {
        var path = Path.GetFullPath(File);
        if (SqliteFile.HasMoved(handle, path))
            throw new SqliteMovedException(path);
        // Asked again at each commit, also of a connection that lives long: 1 turns the commit into an error. The handle is pooled, and outlives the connection.
        raw.sqlite3_commit_hook(handle, _ => SqliteFile.HasMoved(handle, path) ? 1 : 0, null);
    }

    /// <inheritdoc/>
    /// <remarks>SQLite works in this process; there is nothing to await.</remarks>
    protected override ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(OpenDbConnection());
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Pooled connections hold the file open.
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
        base.Dispose(disposing);
    }
}
