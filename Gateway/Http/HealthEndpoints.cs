using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Http;

/// <summary>Health for orchestrators: live asks nothing of anybody; ready asks whether grains answer, and is false once the end has begun.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", static () => Results.Text("live"));
        endpoints.MapGet("/health/ready", static async (Drain drain, IClusterClient cluster, TimeProvider time, ILogger<Drain> logger) =>
            !drain.HasBegun && await AnswersAsync(cluster, time, logger)
                ? Results.Text("ready")
                : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable));
    }

    private static async Task<bool> AnswersAsync(IClusterClient cluster, TimeProvider time, ILogger logger)
    {
        try
        {
            await cluster.GetGrain<IRoomDirectoryGrain>(IRoomDirectoryGrain.Key).ListAsync(1).WaitAsync(ReadyTimeout, time);
            return true;
        }
        catch (Exception exception)
        {
            // Whatever it is: a gateway without grains serves nobody.
            HttpLog.NotReady(logger, exception);
            return false;
        }
    }
}
