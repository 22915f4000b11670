using Microsoft.Data.Sqlite;

namespace WhatsSound.Tests.Engine.Storage;

/// <summary>A database file with the product's schema, for one test class.</summary>
public sealed class SqliteFile : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), $"engine-{Guid.NewGuid():N}.db");

    public SqliteFile() => Execute(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "sqlite.sql")));

    public string ConnectionString => $"Data Source={path}";

    public List<string> Query(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in the test.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read()) rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "null" : reader.GetValue(i))));
        return rows;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*")) File.Delete(file);
    }

    private void Execute(string sql) => Query(sql);

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        return connection;
    }
}
