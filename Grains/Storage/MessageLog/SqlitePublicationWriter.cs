using Microsoft.Data.Sqlite;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Storage;

/// <summary>Writes groups to a SQLite file, over one connection with prepared statements.</summary>
internal sealed class SqlitePublicationWriter(Database database) : IGroupWriter<PendingAppend>
{
    private SqliteConnection? connection;
    private SqliteCommand? takeOffset;
    private SqliteCommand? replaceLast;
    private SqliteCommand? insert;
    private SqliteCommand? amend;
    private SqliteCommand? amendKey;

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
        amend?.Dispose();
        amendKey?.Dispose();
        connection?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Write(IReadOnlyList<PendingAppend> group)
    {
        Open();
        // Immediate: the lock is taken, and waited for, at the beginning, where nothing has to be done again.
        using var transaction = connection!.BeginTransaction(deferred: false);
        takeOffset!.Transaction = replaceLast!.Transaction = insert!.Transaction = amend!.Transaction = amendKey!.Transaction = transaction;
        foreach (var append in group)
            append.IsConflict = !Write(append);
        transaction.Commit();
    }

    private bool Write(PendingAppend append)
    {
        var publication = append.Publication;
        SqliteStatement.Set(takeOffset!, append.Channel, append.Epoch, publication.Offset);
        if (takeOffset!.ExecuteNonQuery() == 0)
            return false;

        if (append.OnlyLastPerKey)
        {
            SqliteStatement.Set(replaceLast!, append.Channel, publication.Key);
            replaceLast!.ExecuteNonQuery();
        }

        if (append.Amends is { } amends)
        {
            SqliteStatement.Set(amend!, append.Channel, append.Epoch, amends.Offset, amends.Data.Utf8.ToArray(), PendingAppend.NumberOf(amends.Data.Kind), publication.OnlyFor);
            amend!.ExecuteNonQuery();
            if (publication.Key is { } key)
            {
                SqliteStatement.Set(
                    amendKey!, append.Channel, append.Epoch, amends.Offset, publication.Content.Utf8.ToArray(), PendingAppend.NumberOf(publication.Content.Kind), publication.OnlyFor, key);
                amendKey!.ExecuteNonQuery();
            }
        }

        SqliteStatement.Set(
            insert!, append.Channel, append.Epoch, publication.Offset, publication.Id, publication.TimeMs, publication.Publisher, publication.Event ?? "",
            publication.Data.Utf8.ToArray(), publication.Key, append.OnlyLastPerKey ? 1 : 0, append.KeepUntilMs,
            (int?)publication.PublisherKind, publication.Connection, PendingAppend.NumberOf(publication.Data.Kind), BytesOf(publication.Headers), BytesOf(publication.Extras), BytesOf(publication.Connections),
            publication.Own?.UserId, BytesOf(publication.Own?.Data ?? default));
        return insert!.ExecuteNonQuery() == 1;
    }

    private void Open()
    {
        if (connection is not null)
            return;

        var opened = (SqliteConnection)database.DataSource.OpenConnection();
        try
        {
            takeOffset = SqliteStatement.Prepare(opened, PublicationSql.TakeOffset, 3);
            replaceLast = SqliteStatement.Prepare(opened, "DELETE FROM PublicationLog WHERE Channel = @p1 AND ConflationKey IS @p2 AND OnlyLast = 1", 2);
            insert = SqliteStatement.Prepare(opened, PublicationSql.Insert, 19);
            amend = SqliteStatement.Prepare(opened, PublicationSql.Amend, 6);
            amendKey = SqliteStatement.Prepare(opened, PublicationSql.AmendKey, 7);
        }
        catch
        {
            // And its commands with it; the next group begins anew.
            opened.Dispose();
            throw;
        }

        connection = opened;
    }

    private static byte[]? BytesOf(Payload payload) => payload.Length == 0 ? null : payload.Utf8.ToArray();
}
