using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace WhatsSound.Grains.Storage;

/// <summary>Where everything durable goes; section <c>Storage</c> of the configuration. Validated at start.</summary>
public sealed class StorageOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Storage";

    /// <summary>The default file, relative to the working directory: beside the program that was started, easy to find and to delete.</summary>
    public const string SqliteDefault = "Data Source=data/whatssound.db";

    /// <summary>SQLite: a first start needs nothing installed.</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>An ADO.NET connection string for the provider; for SQLite, empty stands for <see cref="SqliteDefault"/>.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>How many appends of the message log may wait before further ones wait outside: 20 ms of work, measured.</summary>
    public int AppendQueueMax { get; set; } = 1_024;

    /// <summary>How many appends share one transaction: enough to divide its cost to nothing, few enough that other writers of SQLite are not held up.</summary>
    public int AppendGroupMax { get; set; } = 128;

    /// <summary>How often publications that outlived their retention are looked for; retentions are hours and days.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Why these options cannot be used; null if they can.</summary>
    public string? Problem() => this switch
    {
        { Provider: StorageProvider.Postgresql, ConnectionString: "" } => "Storage:ConnectionString is needed for PostgreSQL.",
        { AppendQueueMax: < 1 } => "Storage:AppendQueueMax must be at least 1.",
        { AppendGroupMax: < 1 } => "Storage:AppendGroupMax must be at least 1.",
        { SweepInterval.Ticks: < TimeSpan.TicksPerSecond } => "Storage:SweepInterval must be at least a second.",
        { Provider: StorageProvider.Sqlite } when SqliteFile().Length == 0 => "Storage:ConnectionString names no SQLite file.",
        _ => null,
    };

    internal string SqliteConnectionString => ConnectionString.Length == 0 ? SqliteDefault : ConnectionString;

    internal string SqliteFile() => new SqliteConnectionStringBuilder(SqliteConnectionString).DataSource;

    internal sealed class Validator : IValidateOptions<StorageOptions>
    {
        public ValidateOptionsResult Validate(string? name, StorageOptions options) =>
            options.Problem() is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;
    }
}
