using Microsoft.Extensions.Diagnostics.HealthChecks;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Silo.Hosting;

/// <summary>Whether the database of this process takes a write.</summary>
internal sealed class DatabaseHealth(DatabaseProbe probe) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await probe.ProblemAsync(cancellationToken) is var (word, exception) ? HealthCheckResult.Unhealthy(word, exception) : HealthCheckResult.Healthy("ok");
}

/// <summary>Registers <see cref="DatabaseHealth"/>.</summary>
internal static class DatabaseHealthServiceCollectionExtensions
{
    public static void AddDatabaseHealth(this IServiceCollection services) => services.AddHealthChecks().AddCheck<DatabaseHealth>("database");
}
