using System.Data.Common;
using Orleans.Storage;

namespace Orleans.Configuration;

public class AdoNetGrainStorageOptions : IStorageProviderSerializerOptions
{
    public string? ConnectionString { get; set; }

    public DbDataSource? DataSource { get; set; }

    /// <summary><c>System.Data.SQLite</c> (opened with Microsoft.Data.Sqlite) or <c>Npgsql</c>.</summary>
    public string Invariant { get; set; } = "";

    public bool DeleteStateOnClear { get; set; }

    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;

    public int InitStage { get; set; } = ServiceLifecycleStage.ApplicationServices;
}
