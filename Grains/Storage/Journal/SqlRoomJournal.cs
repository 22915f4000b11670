using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace WhatsSound.Grains.Storage;

/// <summary>The journal of rooms in a SQL database. Appends go through a <see cref="GroupCommit{TWrite}"/>; reads open a connection of their own.</summary>
public sealed class SqlRoomJournal : IRoomJournal, IAsyncDisposable
{
    private readonly Database database;
    private readonly DbDataSource dataSource;
    private readonly GroupCommit<PendingEntry> commit;

    /// <summary>The journal in the database of this process.</summary>
    public SqlRoomJournal(Database database, IOptions<StorageOptions> options)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
        this.database = database;
        dataSource = database.DataSource;
        IGroupWriter<PendingEntry> writer = dataSource is NpgsqlDataSource postgres
            ? new PostgresJournalWriter(postgres)
            : new SqliteJournalWriter(database);
        commit = new GroupCommit<PendingEntry>(writer, options.Value.AppendQueueMax, options.Value.AppendGroupMax);
    }

    /// <inheritdoc/>
    public Task AppendAsync(string room, JournalEntry entry, CancellationToken cancellationToken) =>
        DatabaseFaults.GuardAppendAsync(commit.AppendAsync(new PendingEntry(room, entry), cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEntry>> ReadAfterAsync(string room, long afterNumber, int countMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(countMax, 1_000);
        return DatabaseFaults.GuardAsync(ReadUnguardedAsync(new { room, afterNumber, countMax }, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<int> TrimAsync(string room, long upToNumber, CancellationToken cancellationToken) =>
        DatabaseFaults.GuardAsync(SweepSteps.RunAsync(database, JournalSql.TrimStep, new { room, upToNumber }, cancellationToken));

    /// <summary>Takes no more appends, and ends when those under way are written.</summary>
    public ValueTask DisposeAsync() => commit.DisposeAsync();

    private async Task<IReadOnlyList<JournalEntry>> ReadUnguardedAsync(object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<JournalRow>(new CommandDefinition(JournalSql.ReadAfter, parameters, cancellationToken: cancellationToken));
        return [.. rows.Select(static row => row.ToEntry())];
    }
}
