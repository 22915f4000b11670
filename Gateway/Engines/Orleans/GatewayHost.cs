using Orleans.Configuration;

namespace WhatsSound.Gateway;

/// <summary>The engine of a gateway-only process.</summary>
internal static class GatewayHost
{
    private const string ConnectionStringName = "Orleans";

    /// <summary>Makes the process a client of the cluster that keeps its membership in PostgreSQL.</summary>
    public static bool TryUseEngine(WebApplicationBuilder builder, out string problem)
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
            .Configure<ClusterOptions>(builder.Configuration.GetSection("Cluster")));
        return true;
    }
}
