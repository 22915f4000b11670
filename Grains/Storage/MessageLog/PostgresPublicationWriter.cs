using Npgsql;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Storage;

/// <summary>Writes groups to PostgreSQL: one round trip and one transaction for each.</summary>
internal sealed class PostgresPublicationWriter(NpgsqlDataSource dataSource) : IGroupWriter<PendingAppend>
{
    // One statement: when the offset is another writer's, "taken" is empty and nothing else happens. The row is replaced before it is inserted
    // (both see the table as it was before), so a key's last publication goes and the new one stays.
    // What is amended is another row, and those that amended it before are others again, so that all may be in one statement.
    private const string Append =
        "WITH taken AS (" + PublicationSql.TakeOffset + " RETURNING 1),\n" +
        """
        replaced AS (
            DELETE FROM PublicationLog
            WHERE $10 = 1 AND EXISTS (SELECT FROM taken) AND OnlyLast = 1 AND Channel = $1 AND (ConflationKey = $9 OR (ConflationKey IS NULL AND $9 IS NULL))),
        amended AS (
            UPDATE PublicationLog amendedBy18
            WHERE EXISTS (SELECT FROM taken) AND Channel = $1 AND Epoch = $2 AND ChannelOffset = $17 AND isAmended),
        superseded AS (
            UPDATE PublicationLog amendedBy24
            WHERE EXISTS (SELECT FROM taken) AND Channel = $1 AND Epoch = $2 AND ConflationKey = $9 AND ChannelOffset > $17 AND isSuperseded)
        INSERT INTO PublicationLog
            (Channel, Epoch, ChannelOffset, PublicationId, TimeMs, Publisher, EventName, Data, ConflationKey, OnlyLast, KeepUntilMs,
             PublisherKind, Connection, DataKind, Headers, Extras, Connections, OwnUserId, OwnData)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $20, $21, $22 FROM taken
        ON CONFLICT DO NOTHING
        """;

    private static readonly string Text = Append
        .Replace("amendedBy18", AmendedBy(18, 19), StringComparison.Ordinal)
        .Replace("amendedBy24", AmendedBy(24, 25), StringComparison.Ordinal)
        .Replace("isAmended", OnlyForIs23(PublicationSql.IsAmendedBy6), StringComparison.Ordinal)
        .Replace("isSuperseded", OnlyForIs23(PublicationSql.IsSupersededBy6), StringComparison.Ordinal)
        .Replace("@p", "$", StringComparison.Ordinal);

    public async Task WriteAsync(IReadOnlyList<PendingAppend> group)
    {
        await using var connection = await dataSource.OpenConnectionAsync().ConfigureAwait(false);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var append in group)
            batch.BatchCommands.Add(CommandFor(append));

        // A batch is one transaction: it is committed, or failed, as a whole.
        await batch.ExecuteNonQueryAsync().ConfigureAwait(false);
        for (var index = 0; index < group.Count; index++)
            group[index].IsConflict = batch.BatchCommands[index].RecordsAffected == 0;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string AmendedBy(int data, int kind) => OnlyForIs23(PublicationSql.AmendedBy4To6)
        .Replace("@p4", $"${data}", StringComparison.Ordinal)
        .Replace("@p5", $"${kind}", StringComparison.Ordinal);

    private static string OnlyForIs23(string text) => text.Replace("@p6", "$23", StringComparison.Ordinal);

    private static NpgsqlBatchCommand CommandFor(PendingAppend append)
    {
        var publication = append.Publication;
        return new NpgsqlBatchCommand(Text)
        {
            Parameters =
            {
                TextOf(append.Channel),
                TextOf(append.Epoch),
                new NpgsqlParameter<long> { TypedValue = publication.Offset },
                TextOf(publication.Id),
                new NpgsqlParameter<long> { TypedValue = publication.TimeMs },
                TextOf(publication.Publisher),
                TextOf(publication.Event ?? ""),
                new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = publication.Data.Utf8 },
                TextOf(publication.Key),
                new NpgsqlParameter<int> { TypedValue = append.OnlyLastPerKey ? 1 : 0 },
                new NpgsqlParameter<long> { TypedValue = append.KeepUntilMs },
                NumberOf((long?)publication.PublisherKind),
                TextOf(publication.Connection),
                NumberOf(PendingAppend.NumberOf(publication.Data.Kind)),
                BytesOf(publication.Headers),
                BytesOf(publication.Extras),
                NumberOf(append.Amends?.Offset),
                append.Amends is { } amends ? new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = amends.Data.Utf8 } : BytesOf(default),
                NumberOf(append.Amends is { } amended ? PendingAppend.NumberOf(amended.Data.Kind) : null),
                BytesOf(publication.Connections),
                TextOf(publication.Own?.UserId),
                BytesOf(publication.Own?.Data ?? default),
                TextOf(publication.OnlyFor),
                new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = publication.Content.Utf8 },
                NumberOf(PendingAppend.NumberOf(publication.Content.Kind)),
            },
        };
    }

    private static NpgsqlParameter NumberOf(long? value) =>
        new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint, Value = value is null ? DBNull.Value : value };

    private static NpgsqlParameter BytesOf(Payload payload) =>
        new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea, Value = payload.Length == 0 ? DBNull.Value : payload.Utf8 };

    private static NpgsqlParameter TextOf(string? value) =>
        new() { NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text, Value = value is null ? DBNull.Value : value };
}
