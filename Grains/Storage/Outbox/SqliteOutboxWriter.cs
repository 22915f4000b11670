using Microsoft.Data.Sqlite;

namespace WhatsSound.Grains.Storage;

/// <summary>Writes groups of the outbox to a SQLite file, over one connection with prepared statements.</summary>
internal sealed class SqliteOutboxWriter(Database database) : IGroupWriter<PendingOutboxAppend>
{
    private SqliteConnection? _connection;
    private SqliteCommand? _insert;
    private SqliteCommand? _setMark;

    /// <remarks>SQLite works in this process: there is nothing to await but the turn.</remarks>
    public Task WriteAsync(IReadOnlyList<PendingOutboxAppend> group) => database.WriteAsync(
        () =>
        {
            Write(group);
            return Task.CompletedTask;
        },
        CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        _insert?.Dispose();
        _setMark?.Dispose();
        _connection?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Write(IReadOnlyList<PendingOutboxAppend> group)
    {
        Open();
        // Immediate: the lock is taken, and waited for, at the beginning, where nothing has to be done again.
        using var transaction = _connection!.BeginTransaction(deferred: false);
        _insert!.Transaction = _setMark!.Transaction = transaction;
        foreach (var pending in group)
            Write(pending.Append);
        transaction.Commit();
    }

    private void Write(OutboxAppend append)
    {
        foreach (var entry in append.Entries)
        {
            SqliteStatement.Set(_insert!, entry.Lane, entry.Source, entry.AtMs, entry.Content);
            _insert!.ExecuteNonQuery();
        }

        if (append.Mark is not { } mark)
            return;
        SqliteStatement.Set(_setMark!, mark.Channel, mark.Epoch, mark.HeadOffset, mark.IsOccupied ? 1 : 0, mark.AtMs);
        _setMark!.ExecuteNonQuery();
    }

    private void Open()
    {
        if (_connection is not null)
            return;

        var opened = (SqliteConnection)database.DataSource.OpenConnection();
        try
        {
            _insert = SqliteStatement.Prepare(opened, OutboxSql.Insert, 4);
            _setMark = SqliteStatement.Prepare(opened, OutboxSql.SetMark, 5);
        }
        catch
        {
            // The next group begins anew.
            opened.Dispose();
            throw;
        }

        _connection = opened;
    }
}
