using System.Data.Common;

namespace Orleans.Configuration;

public class AdoNetReminderTableOptions
{
    public string? ConnectionString { get; set; }

    public DbDataSource? DataSource { get; set; }

    /// <summary><c>System.Data.SQLite</c> (opened with Microsoft.Data.Sqlite) or <c>Npgsql</c>.</summary>
    public string Invariant { get; set; } = "";
}
