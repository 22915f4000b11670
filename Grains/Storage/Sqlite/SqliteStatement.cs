using Microsoft.Data.Sqlite;

namespace WhatsSound.Grains.Storage;

/// <summary>Prepared statements with parameters <c>@p1</c>, <c>@p2</c> and so on.</summary>
internal static class SqliteStatement
{
    public static SqliteCommand Prepare(SqliteConnection connection, string sql, int parameterCount)
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

    public static void Set(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < values.Length; index++)
            command.Parameters[index].Value = values[index] ?? DBNull.Value;
    }
}
