using System.Diagnostics.Tracing;

namespace WhatsSound.Gateway.Hosting;

/// <summary>
/// Says that a collector does not take what is sent to it, once, and again only after it has: OpenTelemetry drops what it cannot send, and tells its own event
/// source alone.
/// </summary>
internal sealed partial class CollectorWatch(IReadOnlyCollection<Uri> collectors, ILogger<CollectorWatch> logger) : EventListener, IHostedService
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    // Names of the exporter's events. All of these begin with the address.
    private const string Success = "ExportSuccess";

    private static readonly HashSet<string> Failures = new(StringComparer.Ordinal)
    {
        "FailedToReachCollector", "TransientHttpError", "HttpRequestFailed", "OperationUnexpectedlyCanceled", "RequestTimedOut", "ExportFailure",
    };

    private readonly Lock _gate = new();
    private readonly HashSet<string> _away = new(StringComparer.OrdinalIgnoreCase);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Exporter)
            EnableEvents(eventSource, EventLevel.Informational);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        var isFailure = Failures.Contains(eventData.EventName ?? "");
        if ((!isFailure && eventData.EventName != Success) || !Uri.TryCreate(eventData.Payload?[0] as string, UriKind.Absolute, out var address))
            return;
        // The event source is the process's: others may send elsewhere.
        if (!collectors.Any(collector => collector.Authority == address.Authority))
            return;
        if (IsNews(address.Authority, isFailure))
            LogAway(address, string.Join("; ", eventData.Payload!.Skip(1)).Split('\n')[0]);
    }

    private bool IsNews(string authority, bool isFailure)
    {
        lock (_gate)
        {
            if (isFailure)
                return _away.Add(authority);
            _away.Remove(authority);
            return false;
        }
    }

    [LoggerMessage(401, LogLevel.Warning, "Metrics and traces are lost: {Collector} does not take them, see OTEL_EXPORTER_OTLP_ENDPOINT. {Problem}")]
    private partial void LogAway(Uri collector, string problem);
}
