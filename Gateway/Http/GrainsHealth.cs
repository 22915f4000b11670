using Microsoft.Extensions.Diagnostics.HealthChecks;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Http;

/// <summary>Whether grains answer: in this process, or in the cluster that a gateway of its own stands before.</summary>
internal sealed class GrainsHealth(IClusterClient cluster, TimeProvider time) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await cluster.GetGrain<IRoomShardGrain>(IRoomShardGrain.KeyOf(0)).FindAsync(new RoomQuery { CountMax = 1 }).WaitAsync(Timeout, time, cancellationToken);
            return HealthCheckResult.Healthy("ok");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: a gateway without grains serves nobody.
            return HealthCheckResult.Unhealthy(WordOf(exception), exception);
        }
    }

    private static string WordOf(Exception exception) => exception switch
    {
        TimeoutException => "silent",
        StorageUnavailableException => "database",
        SiloUnavailableException or System.Net.Sockets.SocketException => "unreachable",
        _ => "failing",
    };
}
