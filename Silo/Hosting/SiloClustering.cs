using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using WhatsSound.Gateway.Hosting.Cluster;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Silo.Hosting;

/// <summary>How silos find each other, and how soon they miss one.</summary>
internal static class SiloClustering
{
    public static void Configure(ISiloBuilder silo, StorageOptions storage, SiloSettings cluster)
    {
        if (storage.Provider == StorageProvider.Sqlite)
            silo.UseLocalhostClustering();
        else
            ConfigureCluster(silo);
        silo.Configure<EndpointOptions>(options => ConfigureEndpoints(options, storage, cluster));
        if (ClusterTls.Load(cluster.Tls) is { } tls)
            silo.UseTls(tls.Apply);
        silo.AddActivityPropagation();
    }

    /// <summary>Listens where it is told to be, and nowhere else; without a port for gateways there is no endpoint for them.</summary>
    private static void ConfigureEndpoints(EndpointOptions options, StorageOptions storage, SiloSettings cluster)
    {
        options.AdvertisedIPAddress = storage.Provider == StorageProvider.Sqlite ? IPAddress.Loopback : cluster.Advertised;
        options.SiloPort = PortOf(cluster);
        options.SiloListeningEndpoint = null;
        options.GatewayPort = cluster.GatewayPort;
        options.GatewayListeningEndpoint = null;
    }

    private static void ConfigureCluster(ISiloBuilder silo)
    {
        silo.UseAdoNetClustering((OptionsBuilder<AdoNetClusteringSiloOptions> options) => options.Configure<Database>(ConfigureTable));
        silo.Configure<ClusterMembershipOptions>(ConfigureMembership);
        UseConsistentDirectory(silo);
    }

    /// <summary>
    /// Orleans' default directory forgets, for a moment, where the grains of a stopping silo's part of it are: a call then starts a second activation, which has
    /// nothing, and the first one's memory arrives too late. Seen in three of five orderly restarts under load. This one hands its parts over before grains go. Its
    /// interface may change with Orleans, hence the mark "experimental"; Orleans' own test clusters run on it.
    /// </summary>
    private static void UseConsistentDirectory(ISiloBuilder silo)
    {
#pragma warning disable ORLEANSEXP003
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003

        // By itself it keeps the grains of a silo that died from starting elsewhere for half a minute, lest that silo lives on. A room must go on within 10 s; that it is
        // active twice for a moment the storage refuses, and the resting row of a channel and the log's head see to the rest.
        silo.Configure<GrainDirectoryOptions>(options => options.RangeLeaseDuration = TimeSpan.Zero);
    }

    private static void ConfigureTable(AdoNetClusteringSiloOptions options, Database database)
    {
        options.Invariant = database.Invariant;
        options.DataSource = database.DataSource;
    }

    private static void ConfigureMembership(ClusterMembershipOptions options)
    {
        // A room must go on within 10 s of its silo's death: three missed probes of a second, one vote's round trip, and the news spreads by gossip.
        // Shorter would take a long garbage collection for a death.
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.NumMissedProbesLimit = 3;
        // Orleans fits the probe's time to the answers it gets, up to this, and votes against nobody of whom something was heard within three of them. By its own rule
        // that is four times the above: 12 s in which a silo that hangs is not even suspected.
        options.MaxProbeTimeout = TimeSpan.FromSeconds(1.5);
        // Where gossip is lost, the table is read in time as well.
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
        // A silo that was killed and started again must not wait for its former self's heartbeat to grow old: three of these.
        options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
    }

    private static int PortOf(SiloSettings cluster)
    {
        if (cluster.SiloPort != 0)
            return cluster.SiloPort;

        using var listener = new TcpListener(cluster.Advertised, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
