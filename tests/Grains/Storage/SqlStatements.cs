using System.Data.Common;
using Dapper;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>Executes the statements of <c>OrleansQuery</c> as the ADO.NET providers do: by key, with named parameters, reading named columns.</summary>
internal sealed class SqlStatements(Database database)
{
    public async Task<IReadOnlyList<IDictionary<string, object?>>> RunAsync(string key, object parameters)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync();
        var text = await connection.QuerySingleAsync<string>("SELECT QueryText FROM OrleansQuery WHERE QueryKey = @key", new { key });
        var rows = new List<IDictionary<string, object?>>();
        await using var reader = (DbDataReader)await connection.ExecuteReaderAsync(text, parameters);
        do
        {
            while (await reader.ReadAsync())
            {
                var row = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
                for (var index = 0; index < reader.FieldCount; index++)
                    row.Add(reader.GetName(index), await reader.IsDBNullAsync(index) ? null : reader.GetValue(index));
                rows.Add(row);
            }
        }
        while (await reader.NextResultAsync());
        return rows;
    }
}
