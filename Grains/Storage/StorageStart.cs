using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Npgsql;
using WhatsSound.Start;

namespace WhatsSound.Grains.Storage;

/// <summary>
/// Makes the database ready before the silo starts; registered before it, as hosted services start in the order of registration. What cannot be used is
/// refused with <see cref="HostStartException"/>. A SQLite file is this process's own until the program ends.
/// </summary>
internal sealed class StorageStart(Database database) : IHostedService, IDisposable
{
    private SqliteFileLock? _lock;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (database.DataSource is NpgsqlDataSource postgres)
            return StartPostgresAsync(postgres, cancellationToken);
        StartSqlite((SqliteDataSource)database.DataSource);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _lock?.Dispose();

    private static async Task StartPostgresAsync(NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        try
        {
            await PostgresSchema.CheckAsync(postgres, cancellationToken);
        }
        catch (DbException exception)
        {
            var server = new NpgsqlConnectionStringBuilder(postgres.ConnectionString);
            throw new HostStartException($"PostgreSQL at {server.Host}, database {server.Database ?? server.Username}, cannot be used: {DatabaseFaults.Sentence(exception)}", exception);
        }
    }

    private void StartSqlite(SqliteDataSource sqlite)
    {
        var file = Path.GetFullPath(sqlite.File);
        try
        {
            SqliteFile.Prepare(sqlite.File);
            _lock = SqliteFileLock.Take(sqlite.File);
            SqliteSchema.Apply(sqlite);
            DatabaseProbe.Write(sqlite);
        }
        catch (SqliteException exception)
        {
            throw new HostStartException($"The SQLite file {file} cannot be used: {DatabaseFaults.Sentence(exception)}", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HostStartException($"The SQLite file {file} cannot be opened or created: {exception.Message}", exception);
        }
    }
}
