using Microsoft.Extensions.Diagnostics.HealthChecks;
using WhatsSound.Playback;

namespace WhatsSound.Gateway.Http;

/// <summary>Whether this process shows the time of its cluster: one that does not would have its listeners hear something else than the others.</summary>
internal sealed class ClockHealth(IRoomClock clock) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(clock switch
    {
        { WhenSet.IsCompleted: false } => HealthCheckResult.Unhealthy("unset"),
        ClusterClock { IsOff: true } => HealthCheckResult.Unhealthy("off"),
        _ => HealthCheckResult.Healthy("ok"),
    });
}
