using Microsoft.Data.Sqlite;

namespace WhatsSound.Grains.Storage;

/// <summary>Writes groups of entries to a SQLite file, over one connection with a prepared statement.</summary>
internal sealed class SqliteJournalWriter(Database database) : IGroupWriter<PendingEntry>
{
    private SqliteConnection? connection;
    private SqliteCommand? append;

    /// <remarks>SQLite works in this process: there is nothing to await but the turn.</remarks>
    public Task WriteAsync(IReadOnlyList<PendingEntry> group) => database.WriteAsync(
        () =>
        {
            Write(group);
            return Task.CompletedTask;
        },
        CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        append?.Dispose();
        connection?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Write(IReadOnlyList<PendingEntry> group)
    {
        Open();
        // Immediate: the lock is taken, and waited for, at the beginning, where nothing has to be done again.
        using var transaction = connection!.BeginTransaction(deferred: false);
        append!.Transaction = transaction;
        foreach (var pending in group)
        {
            var entry = pending.Entry;
            SqliteStatement.Set(append, pending.Room, entry.Number, entry.Revision, entry.AtMs, entry.Author, entry.Content.ToArray());
            pending.IsConflict = append.ExecuteNonQuery() == 0;
        }

        transaction.Commit();
    }

    private void Open()
    {
        if (connection is not null)
            return;

        var opened = (SqliteConnection)database.DataSource.OpenConnection();
        try
        {
            append = SqliteStatement.Prepare(opened, JournalSql.Append, 6);
        }
        catch
        {
            // The next group begins anew.
            opened.Dispose();
            throw;
        }

        connection = opened;
    }
}
