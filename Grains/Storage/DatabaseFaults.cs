using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace WhatsSound.Grains.Storage;

/// <summary>What went wrong with the database: in a word for a health report, in a sentence for an operator.</summary>
internal static class DatabaseFaults
{
    // https://sqlite.org/rescode.html
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;
    private const int CommitVetoed = 531;

    /// <summary>Whether it is the database's own fault, or that of the way to it.</summary>
    public static bool IsFault(Exception exception) => exception is DbException or IOException or TimeoutException;

    /// <summary>Whether the database has said no, and nothing of what it was to write is there: after anything else nobody knows.</summary>
    public static bool IsRefusal(Exception exception) => exception is
        SqliteMovedException
        or SqliteException { SqliteErrorCode: Full or ReadOnly or CannotOpen or Busy }
        or SqliteException { SqliteExtendedErrorCode: CommitVetoed }
        or PostgresException { SqlState: PostgresErrorCodes.DiskFull or PostgresErrorCodes.ReadOnlySqlTransaction };

    /// <summary>
    /// Waits for what reads or writes while a grain activates or saves. Its caller, in any process, must understand why it could not, and may not know the database's
    /// own exceptions: they become <see cref="StorageUnavailableException"/>, with their text.
    /// </summary>
    public static async Task GuardAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception exception) when (IsFault(exception))
        {
            throw Unavailable(exception);
        }
    }

    /// <inheritdoc cref="GuardAsync(Task)"/>
    public static async Task<T> GuardAsync<T>(Task<T> call)
    {
        await GuardAsync((Task)call);
        return await call;
    }

    /// <summary>One word.</summary>
    public static string Word(Exception exception) => exception switch
    {
        SqliteMovedException or SqliteException { SqliteExtendedErrorCode: CommitVetoed } => "moved",
        SqliteException { SqliteErrorCode: Full } => "full",
        SqliteException { SqliteErrorCode: ReadOnly } or PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => "read-only",
        SqliteException { SqliteErrorCode: CannotOpen } => "missing",
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } => "corrupt",
        SqliteException { SqliteErrorCode: Busy } => "busy",
        TimeoutException or OperationCanceledException => "slow",
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } => "no-schema",
        NpgsqlException => "unreachable",
        _ => "broken",
    };

    /// <summary>What the database said, without the number in front of it.</summary>
    public static string Sentence(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: Full } => "the disk is full.",
        SqliteException { SqliteErrorCode: ReadOnly } => "it is read-only.",
        SqliteException { SqliteErrorCode: NotADatabase } => "it is not a SQLite database, or its header is broken.",
        SqliteException { SqliteErrorCode: Corrupt } => "it is damaged.",
        SqliteException { SqliteErrorCode: CannotOpen } => "it cannot be opened.",
        PostgresException postgres => postgres.MessageText + ".",
        { InnerException: { } inner } when exception is NpgsqlException => $"{exception.Message.TrimEnd('.')}: {inner.Message.TrimEnd('.')}.",
        _ => exception.Message.TrimEnd('.') + ".",
    };

    /// <summary>Waits for an append. Only what the database has refused is <see cref="StorageUnavailableException"/>; anything else is left as it is.</summary>
    public static async Task GuardAppendAsync(Task append)
    {
        try
        {
            await append;
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            throw Unavailable(exception);
        }
    }

    private static StorageUnavailableException Unavailable(Exception exception) =>
        new($"The database failed: {Sentence(exception)}") { HasChangedNothing = IsRefusal(exception) };
}
