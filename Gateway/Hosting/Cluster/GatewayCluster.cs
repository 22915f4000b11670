using Orleans.Configuration;
using WhatsSound.Gateway.Hosting.Start;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Hosting.Cluster;

/// <summary>How a gateway of its own finds its cluster.</summary>
internal static class GatewayCluster
{
    /// <summary>
    /// A request on its way to a silo that is killed gets no answer. A command takes milliseconds, a silo is missed within five seconds: so the first try
    /// ends when the second can succeed. Orleans' own 30 s would be most of a minute of silence.
    /// </summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How often the list of silos that take gateways is read. A silo that dies closes its sockets, and is left at once; one that hangs keeps them open, and is sent to
    /// until the list no longer has it. Orleans' own minute was longer than a lease of presence: everybody on this gateway was told as gone. A query per 5 s is nothing.
    /// </summary>
    private static readonly TimeSpan ListRefreshPeriod = TimeSpan.FromSeconds(5);

    /// <summary>Makes the process a client of the cluster that keeps its membership in PostgreSQL.</summary>
    public static void AddCluster(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<ClusterSettings, ClusterSettingsValidator>(builder.Configuration, ClusterSettings.Section);
        services.AddSettings<MembershipDatabase, MembershipDatabaseValidator>(builder.Configuration, MembershipDatabase.Section);
        var cluster = builder.Configuration.ReadSettings<ClusterSettings, ClusterSettingsValidator>(ClusterSettings.Section);
        var database = builder.Configuration.ReadSettings<MembershipDatabase>(MembershipDatabase.Section);
        services.AddSingleton(new HostStatement($"cluster {cluster.ClusterId}"));
        // Before Orleans' own client, which would try for a minute, and say what went wrong in its own way.
        services.AddHostedService<ClusterStart>();
        builder.UseOrleansClient(client =>
        {
            client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", database.Orleans));
            client.Configure<ClientMessagingOptions>(static options => options.ResponseTimeout = ResponseTimeout);
            client.Configure<GatewayOptions>(static options => options.GatewayListRefreshPeriod = ListRefreshPeriod);
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
            client.AddActivityPropagation();
            if (ClusterTls.Load(cluster.Tls) is { } tls)
                client.UseTls(tls.Apply);
        });
    }
}
