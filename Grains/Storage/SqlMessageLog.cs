using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Storage;

/// <summary>The message log in a SQL database. Appends go through a <see cref="GroupCommit"/>; reads open a connection of their own.</summary>
public sealed class SqlMessageLog : IMessageLog, IAsyncDisposable
{
    private readonly Database database;
    private readonly DbDataSource dataSource;
    private readonly GroupCommit commit;

    /// <summary>The log in the database of this process.</summary>
    public SqlMessageLog(Database database, IOptions<StorageOptions> options)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
        this.database = database;
        dataSource = database.DataSource;
        IPublicationWriter writer = dataSource is NpgsqlDataSource postgres
            ? new PostgresPublicationWriter(postgres)
            : new SqlitePublicationWriter(database);
        commit = new GroupCommit(writer, options.Value.AppendQueueMax, options.Value.AppendGroupMax);
    }

    /// <inheritdoc/>
    public Task<LoggedChannel?> FindAsync(string channel, CancellationToken cancellationToken) =>
        DatabaseFaults.GuardAsync(FindUnguardedAsync(channel, cancellationToken));

    /// <inheritdoc/>
    public Task AppendAsync(string channel, string epoch, Publication publication, Retention retention, CancellationToken cancellationToken) =>
        DatabaseFaults.GuardAppendAsync(commit.AppendAsync(new PendingAppend(channel, epoch, publication, retention), cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<Publication>> ReadAfterAsync(string channel, string epoch, long afterOffset, int countMax, CancellationToken cancellationToken) =>
        ReadAsync(PublicationSql.ReadAfter, new { channel, epoch, afterOffset, countMax = CheckedCount(countMax) }, cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Publication>> ReadLastAsync(string channel, string epoch, int countMax, CancellationToken cancellationToken)
    {
        var newestFirst = await ReadAsync(PublicationSql.ReadLast, new { channel, epoch, countMax = CheckedCount(countMax) }, cancellationToken);
        return [.. newestFirst.Reverse()];
    }

    /// <inheritdoc/>
    public Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        SweepSteps.RunAsync(database, PublicationSql.SweepStep, now, cancellationToken);

    /// <summary>Takes no more appends, and ends when those under way are written.</summary>
    public ValueTask DisposeAsync() => commit.DisposeAsync();

    private Task<IReadOnlyList<Publication>> ReadAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        DatabaseFaults.GuardAsync(ReadUnguardedAsync(sql, parameters, cancellationToken));

    private async Task<LoggedChannel?> FindUnguardedAsync(string channel, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<LoggedChannel>(
            new CommandDefinition(PublicationSql.Find, new { channel }, cancellationToken: cancellationToken));
    }

    private async Task<IReadOnlyList<Publication>> ReadUnguardedAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<PublicationRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        return [.. rows.Select(row => row.ToPublication())];
    }

    private static int CheckedCount(int countMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(countMax, 1_000);
        return countMax;
    }
}
