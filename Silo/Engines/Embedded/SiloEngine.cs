using WhatsSound.Grains.Storage;

namespace WhatsSound.Silo.Hosting;

/// <summary>What is particular to the embedded engine: it is one process, whatever the database.</summary>
internal static class SiloEngine
{
    public const string Name = "Embedded";

    public static void Configure(ISiloBuilder silo, StorageOptions storage, ClusterSettings cluster) => silo.UseLocalhostClustering();
}
