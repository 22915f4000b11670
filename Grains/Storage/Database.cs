using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;

namespace WhatsSound.Grains.Storage;

/// <summary>The one database of this process, shared by the message log and by Orleans' providers of grain state and reminders.</summary>
public sealed class Database : IAsyncDisposable
{
    /// <summary>The database that the options name. Nothing is opened before the first use.</summary>
    public Database(IOptions<StorageOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Provider = options.Value.Provider;
        DataSource = Provider == StorageProvider.Sqlite
            ? new SqliteDataSource(options.Value.SqliteConnectionString)
            : NpgsqlDataSource.Create(options.Value.ConnectionString);
    }

    /// <summary>Which kind it is.</summary>
    public StorageProvider Provider { get; }

    /// <summary>Opens connections to it.</summary>
    public DbDataSource DataSource { get; }

    /// <summary>The name by which ADO.NET providers of Orleans know its kind; SQLite's stands for Microsoft.Data.Sqlite.</summary>
    public string Invariant => Provider == StorageProvider.Sqlite ? "System.Data.SQLite" : "Npgsql";

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => DataSource.DisposeAsync();
}
