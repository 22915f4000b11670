using Microsoft.AspNetCore.Mvc;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Http;

/// <summary>Health for orchestrators: live asks nothing of anybody; ready asks whether grains answer, and is false once the end has begun.</summary>
public static class HealthEndpoints
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Maps them; for a silo without a gateway too.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", static () => Results.Text("live"));
        endpoints.MapGet("/health/ready", IsReadyAsync);
    }

    private static async Task<IResult> IsReadyAsync(
        [FromServices] Drain? drain, IHostApplicationLifetime application, IClusterClient cluster, TimeProvider time, ILogger<Drain> logger) =>
        drain is not { HasBegun: true } && !application.ApplicationStopping.IsCancellationRequested && await AnswersAsync(cluster, time, logger)
            ? Results.Text("ready")
            : Results.Text("not ready", statusCode: StatusCodes.Status503ServiceUnavailable);

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
