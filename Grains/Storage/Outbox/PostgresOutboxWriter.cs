using Npgsql;

namespace WhatsSound.Grains.Storage;

/// <summary>Writes groups of the outbox to PostgreSQL: one round trip and one transaction for each.</summary>
internal sealed class PostgresOutboxWriter(NpgsqlDataSource dataSource) : IGroupWriter<PendingOutboxAppend>
{
    private static readonly string Insert = OutboxSql.Insert.Replace("@p", "$", StringComparison.Ordinal);
    private static readonly string SetMark = OutboxSql.SetMark.Replace("@p", "$", StringComparison.Ordinal);

    public async Task WriteAsync(IReadOnlyList<PendingOutboxAppend> group)
    {
        await using var connection = await dataSource.OpenConnectionAsync().ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(connection);

        // In the order of channels: two groups that meet in the same ones, while a cluster heals, must not wait for each other. The sort keeps the order within each.
        foreach (var pending in group.OrderBy(static pending => pending.Append.Mark?.Channel, StringComparer.Ordinal))
            Add(batch, pending.Append);

        // A batch is one transaction: it is committed, or failed, as a whole.
        if (batch.BatchCommands.Count > 0)
            await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void Add(NpgsqlBatch batch, OutboxAppend append)
    {
        // The mark first: whoever holds it is the only one who inserts for the channel.
        if (append.Mark is { } mark)
            batch.BatchCommands.Add(CommandFor(mark));
        foreach (var entry in append.Entries)
            batch.BatchCommands.Add(CommandFor(entry));
    }

    private static NpgsqlBatchCommand CommandFor(OutboxItem entry) => new(Insert)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = entry.Lane },
            new NpgsqlParameter<string> { TypedValue = entry.Source },
            new NpgsqlParameter<long> { TypedValue = entry.AtMs },
            new NpgsqlParameter<byte[]> { TypedValue = entry.Content },
        },
    };

    private static NpgsqlBatchCommand CommandFor(OutboxMark mark) => new(SetMark)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = mark.Channel },
            new NpgsqlParameter<string> { TypedValue = mark.Epoch },
            new NpgsqlParameter<long> { TypedValue = mark.HeadOffset },
            new NpgsqlParameter<long> { TypedValue = mark.IsOccupied ? 1 : 0 },
            new NpgsqlParameter<long> { TypedValue = mark.AtMs },
        },
    };
}
