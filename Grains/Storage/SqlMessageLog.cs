using System.Data.Common;
using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;
using WhatsSound.Channels;

namespace WhatsSound.Grains.Storage;

/// <summary>The message log in a SQL database. Appends go through a <see cref="GroupCommit"/>; reads open a connection of their own.</summary>
public sealed class SqlMessageLog : IMessageLog, IAsyncDisposable
{
    // A step of the sweep holds SQLite's only write lock for about a millisecond.
    private const int SweepStepMax = 500;

    private readonly DbDataSource dataSource;
    private readonly GroupCommit commit;

    /// <summary>The log in the database of this process.</summary>
    public SqlMessageLog(Database database, IOptions<StorageOptions> options)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(options);
        dataSource = database.DataSource;
        IPublicationWriter writer = dataSource is NpgsqlDataSource postgres
            ? new PostgresPublicationWriter(postgres)
            : new SqlitePublicationWriter((SqliteDataSource)dataSource);
        commit = new GroupCommit(writer, options.Value.AppendQueueMax, options.Value.AppendGroupMax);
    }

    /// <inheritdoc/>
    public async Task<LoggedChannel?> FindAsync(string channel, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            return await connection.QuerySingleOrDefaultAsync<LoggedChannel>(
                new CommandDefinition(PublicationSql.Find, new { channel }, cancellationToken: cancellationToken));
        }
        catch (Exception exception) when (DatabaseFaults.IsFault(exception))
        {
            throw Unavailable(exception);
        }
    }

    /// <inheritdoc/>
    public Task AppendAsync(string channel, string epoch, Publication publication, Retention retention, CancellationToken cancellationToken) =>
        commit.AppendAsync(new PendingAppend(channel, epoch, publication, retention), cancellationToken);

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
    public async Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var step = new { nowMs = now.ToUnixTimeMilliseconds(), stepMax = SweepStepMax };
        var total = 0;
        int swept;
        do
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            swept = await connection.ExecuteAsync(new CommandDefinition(PublicationSql.SweepStep, step, cancellationToken: cancellationToken));
            total += swept;
        }
        while (swept == SweepStepMax);

        return total;
    }

    /// <summary>Takes no more appends, and ends when those under way are written.</summary>
    public ValueTask DisposeAsync() => commit.DisposeAsync();

    private async Task<IReadOnlyList<Publication>> ReadAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            var rows = await connection.QueryAsync<PublicationRow>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
            return [.. rows.Select(row => row.ToPublication())];
        }
        catch (Exception exception) when (DatabaseFaults.IsFault(exception))
        {
            throw Unavailable(exception);
        }
    }

    // A channel reads while it activates: its caller, in any process, must understand why it could not.
    private static StorageUnavailableException Unavailable(Exception exception) => new($"The database failed: {DatabaseFaults.Sentence(exception)}");

    private static int CheckedCount(int countMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(countMax, 1_000);
        return countMax;
    }
}
