using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace WhatsSound.Grains.Storage;

/// <summary>The outbox in a SQL database. Appends go through a <see cref="GroupCommit{TWrite}"/>; everything else opens a connection of its own.</summary>
public sealed class SqlOutbox : IOutbox, IAsyncDisposable
{
    /// <summary>What waits longer is of a lane that nobody reads: who reads gives up after minutes.</summary>
    public static readonly TimeSpan RowAgeMax = TimeSpan.FromDays(1);

    /// <summary>Longer than a channel's publications are kept, but for the last.</summary>
    public static readonly TimeSpan MarkAgeMax = TimeSpan.FromDays(30);

    private readonly Database _database;
    private readonly DbDataSource _dataSource;
    private readonly GroupCommit<PendingOutboxAppend> _commit;

    /// <summary>The outbox in the database of this process.</summary>
    public SqlOutbox(Database database, IOptions<StorageOptions> options)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
        _database = database;
        _dataSource = database.DataSource;
        IGroupWriter<PendingOutboxAppend> writer = _dataSource is NpgsqlDataSource postgres ? new PostgresOutboxWriter(postgres) : new SqliteOutboxWriter(database);
        _commit = new GroupCommit<PendingOutboxAppend>(writer, options.Value.AppendQueueMax, options.Value.AppendGroupMax);
    }

    /// <inheritdoc/>
    public Task AppendAsync(OutboxAppend append, CancellationToken cancellationToken) =>
        DatabaseFaults.GuardAsync(_commit.AppendAsync(new PendingOutboxAppend(append), cancellationToken));

    /// <inheritdoc/>
    public Task<OutboxMark?> FindMarkAsync(string channel, CancellationToken cancellationToken) => AskAsync(async connection =>
    {
        var row = await connection.QuerySingleOrDefaultAsync<OutboxMarkRow>(new CommandDefinition(OutboxSql.FindMark, new { channel }, cancellationToken: cancellationToken));
        return row?.ToMark();
    }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutboxRow>> ReadAsync(string lane, int countMax, int bytesMax, CancellationToken cancellationToken)
    {
        Check(countMax);
        return AskAsync(connection => ReadAsync(connection, new { lane, countMax }, bytesMax, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string lane, IReadOnlyList<long> numbers, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        Check(numbers.Count);
        var sql = _database.Provider == StorageProvider.Sqlite ? OutboxSql.SqliteRemove : OutboxSql.PostgresRemove;
        return DatabaseFaults.GuardAsync(_database.WriteAsync(async () =>
        {
            await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
            await connection.ExecuteAsync(new CommandDefinition(sql, new { lane, numbers = numbers.ToArray() }, cancellationToken: cancellationToken));
        }, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<int> DropAsync(string lane, DateTimeOffset before, CancellationToken cancellationToken) =>
        DeleteAsync(OutboxSql.DropStep, new { lane, beforeMs = before.ToUnixTimeMilliseconds() }, cancellationToken);

    /// <inheritdoc/>
    public Task<int> TrimAsync(string lane, int countMax, CancellationToken cancellationToken) =>
        DeleteAsync(OutboxSql.TrimStep, new { lane, countMax }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutboxLane>> ListLanesAsync(CancellationToken cancellationToken) => AskAsync<IReadOnlyList<OutboxLane>>(
        async connection => [.. await connection.QueryAsync<OutboxLane>(new CommandDefinition(OutboxSql.ListLanes, cancellationToken: cancellationToken))], cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> ListOccupiedAsync(string afterChannel, int countMax, CancellationToken cancellationToken)
    {
        Check(countMax);
        var definition = new CommandDefinition(OutboxSql.ListOccupied, new { afterChannel, countMax }, cancellationToken: cancellationToken);
        return AskAsync<IReadOnlyList<string>>(async connection => [.. await connection.QueryAsync<string>(definition)], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await DeleteAsync(OutboxSql.ForgetStep, new { beforeMs = (now - MarkAgeMax).ToUnixTimeMilliseconds() }, cancellationToken);
        return await DeleteAsync(OutboxSql.SweepStep, new { beforeMs = (now - RowAgeMax).ToUnixTimeMilliseconds() }, cancellationToken);
    }

    /// <summary>Takes no more appends, and ends when those under way are written.</summary>
    public ValueTask DisposeAsync() => _commit.DisposeAsync();

    private Task<int> DeleteAsync(string step, object parameters, CancellationToken cancellationToken) =>
        DatabaseFaults.GuardAsync(SweepSteps.RunAsync(_database, step, parameters, cancellationToken));

    private Task<T> AskAsync<T>(Func<DbConnection, Task<T>> ask, CancellationToken cancellationToken) => DatabaseFaults.GuardAsync(AskUnguardedAsync(ask, cancellationToken));

    private async Task<T> AskUnguardedAsync<T>(Func<DbConnection, Task<T>> ask, CancellationToken cancellationToken)
    {
        await using var connection = await _dataSource.OpenConnectionAsync(cancellationToken);
        return await ask(connection);
    }

    // Row by row: a thousand of the largest are more than anybody wants in memory.
    private static async Task<IReadOnlyList<OutboxRow>> ReadAsync(DbConnection connection, object parameters, int bytesMax, CancellationToken cancellationToken)
    {
        var rows = new List<OutboxRow>();
        var bytes = 0L;
        await foreach (var row in connection.QueryUnbufferedAsync<OutboxRow>(OutboxSql.Read, parameters).WithCancellation(cancellationToken))
        {
            bytes += row.Content.Length;
            if (rows.Count > 0 && bytes > bytesMax)
                break;
            rows.Add(row);
        }

        return rows;
    }

    private static void Check(int countMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(countMax, 1_000);
    }
}
