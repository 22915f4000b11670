using Microsoft.Data.Sqlite;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Storage;

/// <summary>Writes groups to a SQLite file, over one connection with prepared statements.</summary>
internal sealed class SqlitePublicationWriter(Database database) : IPublicationWriter
{
    private SqliteConnection? connection;
    private SqliteCommand? takeOffset;
    private SqliteCommand? replaceLast;
    private SqliteCommand? insert;

    /// <remarks>SQLite works in this process: there is nothing to await but the turn.</remarks>
    public Task WriteAsync(IReadOnlyList<PendingAppend> group) => database.WriteAsync(
        () =>
        {
            Write(group);
            return Task.CompletedTask;
        },
        CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        takeOffset?.Dispose();
        replaceLast?.Dispose();
        insert?.Dispose();
        connection?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Write(IReadOnlyList<PendingAppend> group)
    {
        Open();
        // Immediate: the lock is taken, and waited for, at the beginning, where nothing has to be done again.
        using var transaction = connection!.BeginTransaction(deferred: false);
        takeOffset!.Transaction = replaceLast!.Transaction = insert!.Transaction = transaction;
        foreach (var append in group)
            append.IsConflict = !Write(append);
        transaction.Commit();
    }

    private bool Write(PendingAppend append)
    {
        var publication = append.Publication;
        Set(takeOffset!, append.Channel, append.Epoch, publication.Offset);
        if (takeOffset!.ExecuteNonQuery() == 0)
            return false;

        if (append.OnlyLastPerKey)
        {
            Set(replaceLast!, append.Channel, publication.Key);
            replaceLast!.ExecuteNonQuery();
        }

        Set(
            insert!, append.Channel, append.Epoch, publication.Offset, publication.Id, publication.TimeMs, publication.Publisher, publication.Event ?? "",
            publication.Data.Utf8.ToArray(), publication.Key, append.OnlyLastPerKey ? 1 : 0, append.KeepUntilMs,
            (int?)publication.PublisherKind, publication.Connection, PendingAppend.NumberOf(publication.Data.Kind), BytesOf(publication.Headers), BytesOf(publication.Extras));
        return insert!.ExecuteNonQuery() == 1;
    }

    private void Open()
    {
        if (connection is not null)
            return;

        var opened = (SqliteConnection)database.DataSource.OpenConnection();
        try
        {
            takeOffset = Prepare(opened, PublicationSql.TakeOffset, 3);
            replaceLast = Prepare(opened, "DELETE FROM PublicationLog WHERE Channel = @p1 AND ConflationKey IS @p2 AND OnlyLast = 1", 2);
            insert = Prepare(opened, PublicationSql.Insert, 16);
        }
        catch
        {
            // And its commands with it; the next group begins anew.
            opened.Dispose();
            throw;
        }

        connection = opened;
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameterCount)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var number = 1; number <= parameterCount; number++)
            command.Parameters.Add(new SqliteParameter { ParameterName = $"@p{number}", Value = DBNull.Value });
        command.Prepare();
        return command;
    }

    private static byte[]? BytesOf(Payload payload) => payload.Length == 0 ? null : payload.Utf8.ToArray();

    private static void Set(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
    }
}
