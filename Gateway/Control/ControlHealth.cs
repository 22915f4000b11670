using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using WhatsSound.Control;

namespace WhatsSound.Gateway.Control;

/// <summary>
/// Whether this process knows what is revoked and which rules are set in the cluster. One that has heard nothing yet is not ready. One that
/// hears nothing any more goes on with what it knows, and says so; it is not ready only where the deployment wants nobody let in then.
/// </summary>
internal sealed class ControlHealth(ControlKnowledge knowledge, IOptions<ControlOptions> options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        !knowledge.HasHeard ? HealthCheckResult.Unhealthy("unheard")
        : !knowledge.IsSilent ? HealthCheckResult.Healthy("ok")
        : options.Value.FailClosed ? HealthCheckResult.Unhealthy("silent")
        : HealthCheckResult.Degraded("silent"));
}
