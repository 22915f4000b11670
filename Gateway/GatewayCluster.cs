using Orleans.Configuration;

namespace WhatsSound.Gateway;

/// <summary>How a gateway of its own finds its cluster.</summary>
internal static class GatewayCluster
{
    private const string ConnectionStringName = "Orleans";

    /// <summary>What a silo takes as its cluster and service where nothing is configured.</summary>
    private const string ClusterName = "whatssound";

    /// <summary>
    /// A request on its way to a silo that is killed gets no answer. A command takes milliseconds, a silo is missed within five seconds: so the first try
    /// ends when the second can succeed. Orleans' own 30 s would be most of a minute of silence.
    /// </summary>
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Makes the process a client of the cluster that keeps its membership in PostgreSQL.</summary>
    public static bool TryUseCluster(WebApplicationBuilder builder, out string problem)
    {
        problem = $"ConnectionStrings:{ConnectionStringName} is not set: it is the PostgreSQL database where the cluster keeps its membership.";
        if (builder.Configuration.GetConnectionString(ConnectionStringName) is not { Length: > 0 } connectionString)
            return false;
        builder.UseOrleansClient(client => client
            .UseAdoNetClustering(options =>
            {
                options.Invariant = "Npgsql";
                options.ConnectionString = connectionString;
            })
            .Configure<ClientMessagingOptions>(static options => options.ResponseTimeout = ResponseTimeout)
            .Configure<ClusterOptions>(static options => (options.ClusterId, options.ServiceId) = (ClusterName, ClusterName))
            .Configure<ClusterOptions>(builder.Configuration.GetSection("Cluster")));
        return true;
    }
}
