using System.Data.Common;
using System.Globalization;

namespace WhatsSound.Grains.Storage;

/// <summary>Brings a SQLite file to the schema of this program: <c>deploy/sqlite.sql</c>, carried in the assembly.</summary>
public static class SqliteSchema
{
    /// <summary>The number that the script ends with.</summary>
    public const int Version = 1;

    /// <summary>The script.</summary>
    public static string Script { get; } = Read();

    /// <summary>
    /// Creates the file and its folder if need be, and applies the script if the file is older. A file of a newer program is refused with
    /// <see cref="InvalidOperationException"/>: this program could not keep its promises.
    /// </summary>
    public static void Apply(SqliteDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        if (Path.GetDirectoryName(Path.GetFullPath(dataSource.File)) is { } folder)
            Directory.CreateDirectory(folder);

        using var connection = dataSource.OpenConnection();
        // Readers and one writer at a time do not wait for each other. The mode stays with the file; it cannot change in a transaction.
        Execute(connection, "PRAGMA journal_mode = WAL");
        // Of two processes that start on a new file one waits here, and then finds the work done.
        Execute(connection, "BEGIN IMMEDIATE");
        var version = Convert.ToInt32(Execute(connection, "PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (version < Version)
            Execute(connection, Script);
        Execute(connection, "COMMIT");
        if (version > Version)
            throw new InvalidOperationException($"{dataSource.File} has schema {version}, written by a newer program; this one knows {Version}.");
    }

    private static object? Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is a constant or the embedded script.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static string Read()
    {
        using var stream = typeof(SqliteSchema).Assembly.GetManifestResourceStream("sqlite.sql")
            ?? throw new InvalidOperationException("The assembly lacks sqlite.sql.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
