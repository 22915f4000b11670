using Npgsql;
using NpgsqlTypes;

namespace WhatsSound.Grains.Storage;

/// <summary>Writes groups of entries to PostgreSQL: one round trip and one transaction for each.</summary>
internal sealed class PostgresJournalWriter(NpgsqlDataSource dataSource) : IGroupWriter<PendingEntry>
{
    private static readonly string Text = JournalSql.Append.Replace("@p", "$", StringComparison.Ordinal);

    public async Task WriteAsync(IReadOnlyList<PendingEntry> group)
    {
        // In the order of rooms: two groups that meet in the same rooms, while a cluster heals, must not wait for each other.
        var ordered = group.OrderBy(static pending => pending.Room, StringComparer.Ordinal).ToList();
        await using var connection = await dataSource.OpenConnectionAsync().ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var pending in ordered)
            batch.BatchCommands.Add(CommandFor(pending));

        // A batch is one transaction: it is committed, or failed, as a whole.
        await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
        for (var index = 0; index < ordered.Count; index++)
            ordered[index].IsConflict = batch.BatchCommands[index].RecordsAffected == 0;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static NpgsqlBatchCommand CommandFor(PendingEntry pending) => new(Text)
    {
        Parameters =
        {
            new NpgsqlParameter<string> { TypedValue = pending.Room, NpgsqlDbType = NpgsqlDbType.Text },
            new NpgsqlParameter<long> { TypedValue = pending.Entry.Number },
            new NpgsqlParameter<long> { TypedValue = pending.Entry.Revision },
            new NpgsqlParameter<long> { TypedValue = pending.Entry.AtMs },
            new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = pending.Entry.Author is { } author ? author : DBNull.Value },
            new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = pending.Entry.Content },
        },
    };
}
