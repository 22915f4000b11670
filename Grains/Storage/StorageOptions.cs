using System.ComponentModel.DataAnnotations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Npgsql;
using WhatsSound.Settings;

namespace WhatsSound.Grains.Storage;

/// <summary>Where everything durable goes; section <c>Storage</c> of the configuration. Validated at start.</summary>
public sealed class StorageOptions : IValidatableObject
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
    [Within(1, 1_000_000)]
    public int AppendQueueMax { get; set; } = 1_024;

    /// <summary>How many appends share one transaction: enough to divide its cost to nothing, few enough that other writers of SQLite are not held up.</summary>
    [Within(1, 10_000)]
    public int AppendGroupMax { get; set; } = 128;

    /// <summary>How often publications that outlived their retention are looked for; retentions are hours and days.</summary>
    [WithinTime("00:00:01", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Problem() is { } problem ? [new ValidationResult(problem)] : [];

    internal string SqliteConnectionString => ConnectionString.Length == 0 ? SqliteDefault : ConnectionString;

    // Never with the connection string itself, which may have a password in it.
    private string? Problem()
    {
        if (Provider == StorageProvider.Postgresql && ConnectionString.Length == 0)
            return $"{Section}:{nameof(ConnectionString)} is not set; set {Section}__{nameof(ConnectionString)}, such as 'Host=localhost;Username=whatssound;Password=...;Database=whatssound'.";
        try
        {
            if (Provider == StorageProvider.Postgresql)
                _ = new NpgsqlConnectionStringBuilder(ConnectionString);
            else if (new SqliteConnectionStringBuilder(SqliteConnectionString).DataSource.Length == 0)
                return $"{Section}:{nameof(ConnectionString)} names no SQLite file; it must be such as '{SqliteDefault}'.";
            return null;
        }
        catch (ArgumentException)
        {
            return $"{Section}:{nameof(ConnectionString)} is not a connection string of {Provider}.";
        }
    }
}

/// <summary>Generated from the bounds of <see cref="StorageOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
