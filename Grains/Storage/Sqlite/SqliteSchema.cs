using System.Data.Common;
using System.Globalization;
using Dapper;
using WhatsSound.Start;

namespace WhatsSound.Grains.Storage;

/// <summary>Brings a SQLite file to the schema of this program: <c>deploy/sqlite.sql</c>, carried in the assembly.</summary>
public static class SqliteSchema
{
    /// <summary>The number that the script ends with.</summary>
    public const int Version = 7;

    private static readonly string Script = Read();

    /// <summary>The columns of <c>PublicationLog</c> since schemas 3, 5 and 6.</summary>
    private static readonly (string Name, string Type)[] AddedColumns =
        [("PublisherKind", "INTEGER"), ("Connection", "TEXT"), ("DataKind", "INTEGER"), ("Headers", "BLOB"), ("Extras", "BLOB"), ("Connections", "BLOB"), ("OwnUserId", "TEXT"), ("OwnData", "BLOB")];

    /// <summary>
    /// Applies the script if the file, which <see cref="SqliteFile.Prepare"/> has made, is older. A file of a newer program, or of another one, is refused
    /// with <see cref="HostStartException"/>, and unchanged: this program could not keep its promises.
    /// </summary>
    public static void Apply(SqliteDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        using var connection = dataSource.OpenConnection();
        if (Refusal(connection) is { } refusal)
            throw new HostStartException($"{dataSource.File} {refusal}");
        // Readers and one writer at a time do not wait for each other. The mode stays with the file; it cannot change in a transaction.
        connection.Execute("PRAGMA journal_mode = WAL");
        // Of two processes that start on a new file one waits here, and then finds the work done.
        connection.Execute("BEGIN IMMEDIATE");
        if (VersionOf(connection) < Version)
        {
            AddColumns(connection);
            connection.Execute(Script);
        }

        connection.Execute("COMMIT");
    }

    private static string? Refusal(DbConnection connection)
    {
        var version = VersionOf(connection);
        if (version > Version)
            return string.Create(CultureInfo.InvariantCulture, $"has schema {version}, made by a newer program; this one knows schemas up to {Version}.");
        var isEmpty = connection.ExecuteScalar<int>("SELECT COUNT(*) FROM sqlite_master") == 0;
        var isOurs = connection.ExecuteScalar<int>("SELECT COUNT(*) FROM sqlite_master WHERE name IN ('OrleansStorage', 'PublicationLog')") == 2;
        // Of this program, unless it is new: then it has no number either.
        return isOurs || (isEmpty && version == 0) ? null : "is a SQLite database of another program.";
    }

    /// <summary>Adds what tables of an older version lack: a column cannot be added on condition by SQL alone.</summary>
    private static void AddColumns(DbConnection connection)
    {
        var existing = connection.Query<string>("SELECT name FROM pragma_table_info('PublicationLog')").ToHashSet(StringComparer.Ordinal);
        if (existing.Count == 0)
            return;
        foreach (var (name, type) in AddedColumns.Where(column => !existing.Contains(column.Name)))
            connection.Execute($"ALTER TABLE PublicationLog ADD COLUMN {name} {type}");
    }

    private static int VersionOf(DbConnection connection) => connection.ExecuteScalar<int>("PRAGMA user_version");

    private static string Read()
    {
        using var stream = typeof(SqliteSchema).Assembly.GetManifestResourceStream("sqlite.sql")
            ?? throw new InvalidOperationException("The assembly lacks sqlite.sql.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
