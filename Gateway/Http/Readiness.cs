using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace WhatsSound.Gateway.Http;

/// <summary>
/// What keeps the process from being ready, asked at most once a second however often somebody wants to know, and by one at a time: a dependency that is in
/// trouble is not helped by being asked more. A change is logged, once.
/// </summary>
internal sealed class Readiness(HealthCheckService checks, TimeProvider time, ILogger<Readiness> logger)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<IReadOnlyList<string>>? _asked;
    private long _askedAt;
    private bool _wasReady = true;

    /// <summary>A line per check that is worse than it should be and keeps nobody out, as of when it was asked last.</summary>
    public IReadOnlyList<string> Remarks { get; private set; } = [];

    /// <summary>A line per check that is not well; none: ready.</summary>
    public Task<IReadOnlyList<string>> ProblemsAsync()
    {
        lock (_gate)
        {
            if (_asked is not null && (!_asked.IsCompleted || time.GetElapsedTime(_askedAt) < Age))
                return _asked;
            _askedAt = time.GetTimestamp();
            return _asked = AskAsync();
        }
    }

    private async Task<IReadOnlyList<string>> AskAsync()
    {
        var report = await checks.CheckHealthAsync();
        var problems = LinesOf(report, HealthStatus.Unhealthy);
        Remarks = LinesOf(report, HealthStatus.Degraded);
        if (_wasReady && problems.Length > 0)
            HttpLog.NotReady(logger, report.Entries.Values.FirstOrDefault(static entry => entry.Exception is not null).Exception, string.Join(", ", problems));
        else if (!_wasReady && problems.Length == 0)
            HttpLog.ReadyAgain(logger);
        _wasReady = problems.Length == 0;
        return problems;
    }

    private static string[] LinesOf(HealthReport report, HealthStatus status) =>
        [.. report.Entries.Where(entry => entry.Value.Status == status).Select(static entry => $"{entry.Key}: {entry.Value.Description}")];
}
