using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Storage;

/// <summary>The message log in a SQL database. Appends go through a <see cref="GroupCommit{TWrite}"/>; reads open a connection of their own.</summary>
public sealed class SqlMessageLog : IMessageLog, IAsyncDisposable
{
    private readonly Database database;
    private readonly DbDataSource dataSource;
    private readonly GroupCommit<PendingAppend> commit;

    /// <summary>The log in the database of this process.</summary>
    public SqlMessageLog(Database database, IOptions<StorageOptions> options)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
        this.database = database;
        dataSource = database.DataSource;
        IGroupWriter<PendingAppend> writer = dataSource is NpgsqlDataSource postgres
            ? new PostgresPublicationWriter(postgres)
            : new SqlitePublicationWriter(database);
        commit = new GroupCommit<PendingAppend>(writer, options.Value.AppendQueueMax, options.Value.AppendGroupMax);
    }

    /// <inheritdoc/>
    public Task<LoggedChannel?> FindAsync(string channel, CancellationToken cancellationToken) =>
        DatabaseFaults.GuardAsync(FindUnguardedAsync(channel, cancellationToken));

    /// <inheritdoc/>
    public Task AppendAsync(string channel, string epoch, Publication publication, Retention retention, Amendment? amends, CancellationToken cancellationToken) =>
        DatabaseFaults.GuardAppendAsync(commit.AppendAsync(new PendingAppend(channel, epoch, publication, retention, amends), cancellationToken));

    /// <inheritdoc/>
    public Task<IReadOnlyList<Publication>> ReadAfterAsync(string channel, string epoch, long afterOffset, int countMax, CancellationToken cancellationToken) =>
        ReadAsync(PublicationSql.ReadAfter, new { channel, epoch, afterOffset, countMax = CheckedCount(countMax) }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Publication>> ReadBeforeAsync(string channel, string epoch, long beforeOffset, int countMax, CancellationToken cancellationToken) =>
        ReadBackAsync(PublicationSql.ReadBefore, new { channel, epoch, beforeOffset, countMax = CheckedCount(countMax) }, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Publication>> ReadLastAsync(string channel, string epoch, int countMax, CancellationToken cancellationToken) =>
        ReadBackAsync(PublicationSql.ReadLast, new { channel, epoch, countMax = CheckedCount(countMax) }, cancellationToken);

    /// <inheritdoc/>
    public Task<LoggedTime> FindTimeAsync(string channel, string epoch, long timeMs, CancellationToken cancellationToken) =>
        DatabaseFaults.GuardAsync(FindTimeUnguardedAsync(channel, epoch, timeMs, cancellationToken));

    /// <inheritdoc/>
    public Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        SweepSteps.RunAsync(database, PublicationSql.SweepStep, now, cancellationToken);

    /// <summary>Takes no more appends, and ends when those under way are written.</summary>
    public ValueTask DisposeAsync() => commit.DisposeAsync();

    private async Task<IReadOnlyList<Publication>> ReadBackAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        var newestFirst = await ReadAsync(sql, parameters, cancellationToken);
        return [.. newestFirst.Reverse()];
    }

    private Task<IReadOnlyList<Publication>> ReadAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        DatabaseFaults.GuardAsync(ReadUnguardedAsync(sql, parameters, cancellationToken));

    private async Task<LoggedChannel?> FindUnguardedAsync(string channel, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<LoggedChannel>(
            new CommandDefinition(PublicationSql.Find, new { channel }, cancellationToken: cancellationToken));
    }

    // By halves of the primary key: offsets and times ascend together, and an index of times would cost each append. Sixty-three rows at the very most.
    private async Task<LoggedTime> FindTimeUnguardedAsync(string channel, string epoch, long timeMs, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var first = await ReadTimeAsync(PublicationSql.FirstTime, new { channel, epoch });
        if (first is null || first.TimeMs >= timeMs)
            return new LoggedTime(first?.ChannelOffset, HasOlder: false);
        if (await LastAsync(first.ChannelOffset, long.MaxValue) is not { } last || last.TimeMs < timeMs)
            return new LoggedTime(Offset: null, HasOlder: true);

        // Up to the lower bound all are older, and the upper is one that is not.
        var (older, notOlder) = (first.ChannelOffset, last.ChannelOffset);
        while (notOlder - older > 1)
        {
            var middle = older + ((notOlder - older) / 2);
            if (await LastAsync(older, middle) is { } found && found.TimeMs >= timeMs)
                notOlder = found.ChannelOffset;
            else
                older = middle;
        }

        return new LoggedTime(notOlder, HasOlder: true);

        Task<OffsetTime?> LastAsync(long after, long upTo) => ReadTimeAsync(PublicationSql.LastTime, new { channel, epoch, after, upTo });

        Task<OffsetTime?> ReadTimeAsync(string sql, object parameters) =>
            connection.QuerySingleOrDefaultAsync<OffsetTime?>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
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

    private sealed record OffsetTime(long ChannelOffset, long TimeMs);
}
