using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Orleans.Runtime;

namespace WhatsSound.Embedded.Storage;

/// <summary>Runs the queries that a database keeps in its OrleansQuery table, on SQLite or PostgreSQL.</summary>
internal sealed class Database
{
    private readonly Func<DbConnection> connect;
    private readonly bool isSqlite;

    public Database(string invariant, string? connectionString, DbDataSource? dataSource)
    {
        isSqlite = invariant is "System.Data.SQLite" or "Microsoft.Data.Sqlite";
        connect = (invariant, dataSource) switch
        {
            (_, not null) => dataSource.CreateConnection,
            _ when isSqlite => () => new SqliteConnection(connectionString),
            ("Npgsql", _) => () => new NpgsqlConnection(connectionString),
            _ => throw new OrleansConfigurationException($"'{invariant}' is no known database: use System.Data.SQLite or Npgsql."),
        };
    }

    /// <summary>The stored queries, by key. SQLite is set to write-ahead logging, so that readers and the writer do not block each other.</summary>
    public async Task<Dictionary<string, string>> OpenAsync()
    {
        if (isSqlite) await QueryAsync("PRAGMA journal_mode = WAL", _ => { }, _ => 0);
        var queries = await QueryAsync("SELECT QueryKey, QueryText FROM OrleansQuery", _ => { }, row => (Key: row.GetString(0), Text: row.GetString(1)));
        return queries.ToDictionary(query => query.Key, query => query.Text, StringComparer.Ordinal);
    }

    public async Task<List<T>> QueryAsync<T>(string sql, Action<DbCommand> parameters, Func<DbDataReader, T> read)
    {
        await using var connection = connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text comes from the operator's own OrleansQuery table.
        command.CommandText = sql;
#pragma warning restore CA2100
        parameters(command);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        do
        {
            while (await reader.ReadAsync()) rows.Add(read(reader));
        }
        while (await reader.NextResultAsync());
        return rows;
    }

    public static void Add(DbCommand command, string name, DbType type, object? value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.DbType = type;
        parameter.Value = value ?? DBNull.Value;
        command.Parameters.Add(parameter);
    }
}
