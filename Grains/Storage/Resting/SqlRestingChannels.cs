using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Storage;

/// <summary>
/// The resting channels in a SQL database: a row per channel, of about 150 bytes with its index. A channel that is active has a row as well, which says whose
/// it is, so that an activation that was given up for dead cannot put to rest what another has taken over.
/// </summary>
public sealed class SqlRestingChannels(Database database) : IRestingChannels
{
    /// <summary>How long a channel rests before it is forgotten. Longer than anybody keeps a page open: 3 days, as the longest kept publications.</summary>
    public static readonly TimeSpan RestMax = TimeSpan.FromHours(72);

    /// <summary>How long it is remembered whose a channel is that does not come to rest: longer than a silo runs.</summary>
    public static readonly TimeSpan ActiveMax = TimeSpan.FromDays(30);

    /// <summary>How many are put to rest in one transaction at most.</summary>
    private const int GroupMax = 512;

    private const string Resume =
        """
        UPDATE RestingChannel SET IsResting = 0, KeepUntilMs = @keepUntilMs WHERE Channel = @channel AND IsResting = 1
        RETURNING Epoch, HeadOffset AS "Offset"
        """;

    private const string Read = """SELECT Epoch, CASE WHEN IsResting = 1 THEN HeadOffset ELSE -1 END AS "Offset" FROM RestingChannel WHERE Channel = @channel""";

    private const string Begin =
        """
        INSERT INTO RestingChannel (Channel, Epoch, HeadOffset, IsResting, KeepUntilMs) VALUES (@channel, @epoch, 0, 0, @keepUntilMs)
        ON CONFLICT (Channel) DO UPDATE SET Epoch = excluded.Epoch, HeadOffset = 0, IsResting = 0, KeepUntilMs = excluded.KeepUntilMs
        """;

    private const string Rest =
        """
        INSERT INTO RestingChannel (Channel, Epoch, HeadOffset, IsResting, KeepUntilMs) VALUES (@channel, @epoch, @offset, 1, @keepUntilMs)
        ON CONFLICT (Channel) DO UPDATE SET HeadOffset = excluded.HeadOffset, IsResting = 1, KeepUntilMs = excluded.KeepUntilMs
        WHERE RestingChannel.Epoch = excluded.Epoch
        """;

    private const string SweepStep =
        """
        DELETE FROM RestingChannel WHERE Channel IN (SELECT Channel FROM RestingChannel WHERE KeepUntilMs <= @nowMs ORDER BY KeepUntilMs LIMIT @stepMax)
        AND KeepUntilMs <= @nowMs
        """;

    private readonly ConcurrentQueue<PendingRest> _waiting = new();

    /// <inheritdoc/>
    public Task<RestedPosition> TakeAsync(string channel, string newEpoch, DateTimeOffset now, CancellationToken cancellationToken) =>
        DatabaseFaults.GuardAsync(database.WriteAsync(() => TakeUnguardedAsync(channel, newEpoch, now, cancellationToken), cancellationToken));

    /// <inheritdoc/>
    public Task<RestedPosition?> ReadAsync(string channel, CancellationToken cancellationToken) => DatabaseFaults.GuardAsync(ReadUnguardedAsync(channel, cancellationToken));

    /// <inheritdoc/>
    public async Task RestAsync(string channel, Position head, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A process that stops puts all its channels to rest at once. The first whose turn comes writes all that wait, with one flush; the others find it done.
        var pending = new PendingRest(channel, head, (now + RestMax).ToUnixTimeMilliseconds(), cancellationToken);
        _waiting.Enqueue(pending);
        await database.WriteAsync(WriteWaitingAsync, cancellationToken).WaitAsync(cancellationToken);
        await pending.Completion.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        SweepSteps.RunAsync(database, SweepStep, now, cancellationToken);

    private async Task WriteWaitingAsync()
    {
        var group = new List<PendingRest>();
        while (group.Count < GroupMax && _waiting.TryDequeue(out var pending))
        {
            if (!pending.IsGivenUp)
                group.Add(pending);
        }

        if (group.Count == 0)
            return;
        try
        {
            await WriteAsync(group);
        }
        catch (Exception exception) // Whatever it is, it belongs to those who wait for it.
        {
            group.ForEach(pending => pending.Fail(exception));
            return;
        }

        group.ForEach(static pending => pending.Finish());
    }

    private async Task WriteAsync(List<PendingRest> group)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();

        // In the order of names: on PostgreSQL two groups may meet in the same rows.
        foreach (var pending in group.OrderBy(static pending => pending.Channel, StringComparer.Ordinal))
            await connection.ExecuteAsync(new CommandDefinition(Rest, pending.Parameters, transaction));
        await transaction.CommitAsync();
    }

    private async Task<RestedPosition> TakeUnguardedAsync(string channel, string newEpoch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keepUntilMs = (now + ActiveMax).ToUnixTimeMilliseconds();
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        var rested = await connection.QueryAsync<Position>(new CommandDefinition(Resume, new { channel, keepUntilMs }, cancellationToken: cancellationToken));
        foreach (var position in rested)
            return new(position, IsResumed: true);
        await ExecuteAsync(connection, Begin, new { channel, epoch = newEpoch, keepUntilMs }, cancellationToken);
        return new(new(newEpoch, 0), IsResumed: false);
    }

    private async Task<RestedPosition?> ReadUnguardedAsync(string channel, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        var known = await connection.QueryAsync<Position>(new CommandDefinition(Read, new { channel }, cancellationToken: cancellationToken));
        foreach (var position in known)
            return new(position with { Offset = Math.Max(0, position.Offset) }, IsResumed: position.Offset >= 0);
        return null;
    }

    private static Task<int> ExecuteAsync(DbConnection connection, string sql, object parameters, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
}
