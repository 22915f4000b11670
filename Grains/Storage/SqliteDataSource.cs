using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace WhatsSound.Grains.Storage;

/// <summary>
/// Connections to one SQLite file, all with the settings that concurrent writers need and that SQLite keeps per connection:
/// a writer waits for another one in steps of milliseconds (without it, Microsoft.Data.Sqlite sleeps 150 ms between two tries), and a commit is
/// handed to the operating system without waiting for the disk, which a kill of the process does not lose.
/// </summary>
public sealed class SqliteDataSource(string connectionString) : DbDataSource
{
    private const string ConnectionSettings = "PRAGMA busy_timeout = 10000; PRAGMA synchronous = NORMAL;";

    /// <inheritdoc/>
    public override string ConnectionString => connectionString;

    /// <summary>The path of the file.</summary>
    public string File { get; } = new SqliteConnectionStringBuilder(connectionString).DataSource;

    /// <inheritdoc/>
    protected override DbConnection CreateDbConnection() => new SqliteConnection(connectionString);

    /// <inheritdoc/>
    protected override DbConnection OpenDbConnection()
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
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
