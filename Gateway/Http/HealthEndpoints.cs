using Microsoft.AspNetCore.Mvc;
using WhatsSound.Gateway.Control;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Http;

/// <summary>
/// Health for orchestrators: live asks nothing of anybody; ready asks everything that a request needs, and is false once the end has begun. Each answers 200
/// with one word, and a line for each check that is worse than it should be and keeps nobody out, or 503 with <c>not ready</c> and a line per check: its name and, in a word, how it is.
/// </summary>
public static class HealthEndpoints
{
    /// <summary>Adds what they ask; a host with a database adds its own check.</summary>
    public static IServiceCollection AddHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<GrainsHealth>("grains").AddCheck<ClockHealth>("clock").AddCheck<ControlHealth>("control");
        services.AddSingleton<Readiness>();
        return services;
    }

    /// <summary>Maps them; for a silo without a gateway too.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", static () => Results.Text("live"));
        endpoints.MapGet("/health/ready", IsReadyAsync);
    }

    private static async Task<IResult> IsReadyAsync(
        [FromServices] Drain? drain, IHostApplicationLifetime application, Readiness readiness, CancellationToken cancellationToken)
    {
        if (drain is { HasBegun: true } || application.ApplicationStopping.IsCancellationRequested)
            return NotReady(["process: stopping"]);
        var problems = await readiness.ProblemsAsync().WaitAsync(cancellationToken);
        return problems.Count == 0 ? Results.Text(string.Join('\n', ["ready", .. readiness.Remarks])) : NotReady(problems);
    }

    private static IResult NotReady(IReadOnlyList<string> lines) =>
        Results.Text(string.Join('\n', ["not ready", .. lines]) + "\n", statusCode: StatusCodes.Status503ServiceUnavailable);
}
