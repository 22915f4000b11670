using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace WhatsSound.Grains.Storage;

/// <summary>
/// Whether the database takes a write now: SQLite is given one (the schema's number, again), since a full disk or a deleted file shows in nothing else; a
/// PostgreSQL server is asked whether it would take one. Costs a page of SQLite's log, or a round trip.
/// </summary>
public sealed class DatabaseProbe(Database database, TimeProvider time)
{
    /// <summary>A database that takes longer serves nobody.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>What is wrong, in a word, and the exception that says so; null: nothing.</summary>
    public async Task<(string Word, Exception Exception)?> ProblemAsync(CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            // Cancelled, a write that still waits for its turn is not done: probes do not pile up in front of a database that is stuck.
            await AskAsync(either.Token).WaitAsync(either.Token);
            return null;
        }
        catch (OperationCanceledException exception) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var late = new TimeoutException(string.Create(CultureInfo.InvariantCulture, $"The database did not answer within {Timeout.TotalSeconds} s."), exception);
            return (DatabaseFaults.Word(late), late);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: a database that cannot be asked cannot be used.
            return (DatabaseFaults.Word(exception), exception);
        }
    }

    /// <summary>Writes, and changes nothing.</summary>
    internal static void Write(SqliteDataSource sqlite)
    {
        using var connection = sqlite.OpenConnection();
        // One by one: of several statements in a command, the driver swallows what goes wrong behind the first that answers a row.
        connection.Execute("PRAGMA busy_timeout = 1500");
        using var transaction = ((SqliteConnection)connection).BeginTransaction(deferred: false);
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {SqliteSchema.Version}"), transaction: transaction);
        transaction.Commit();
    }

    private Task AskAsync(CancellationToken cancellationToken) => database.WriteAsync(
        () =>
        {
            if (database.DataSource is not SqliteDataSource sqlite)
                return AskPostgresAsync((NpgsqlDataSource)database.DataSource, cancellationToken);
            Write(sqlite);
            return Task.CompletedTask;
        },
        cancellationToken);

    private static async Task AskPostgresAsync(NpgsqlDataSource postgres, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand("SELECT pg_is_in_recovery() FROM WhatsSoundSchema");
        if (await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true)
            throw new PostgresException("The server is a standby and takes no writes", "ERROR", "ERROR", PostgresErrorCodes.ReadOnlySqlTransaction);
    }
}
