using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using WhatsSound.Settings;
using WhatsSound.Start;

namespace WhatsSound.Gateway.Hosting;

/// <summary>Metrics and traces by OpenTelemetry, where somebody has asked for them; otherwise nothing listens, and they cost nothing.</summary>
internal static class Telemetry
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Where things are sent: everything, or that of one kind elsewhere.</summary>
    private static readonly string[] OtlpEndpoints = [OtlpEndpoint, "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"];

    private static readonly string[] Meters =
    [
        GatewayMeters.Name, "WhatsSound.Grains", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Http.Connections",
        "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime",
    ];

    // SignalR has an activity per call of a client, Orleans one per call of a grain: there is nothing between them to add.
    private static readonly string[] Sources =
        ["Microsoft.AspNetCore", "Microsoft.AspNetCore.SignalR.Server", "Microsoft.Orleans.Application", "Microsoft.Orleans.Storage", "Npgsql"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<TelemetrySettings, TelemetrySettingsValidator>(builder.Configuration, TelemetrySettings.Section);
        var settings = builder.Configuration.ReadSettings<TelemetrySettings, TelemetrySettingsValidator>(TelemetrySettings.Section);
        // Before anything is made of it: OpenTelemetry would take another address for one that it cannot read, and say nothing.
        Uri[] collectors = [.. OtlpEndpoints.Select(name => CollectorOf(builder.Configuration, name)).OfType<Uri>()];
        var hasOtlp = !string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint]);
        if (!hasOtlp && settings.PrometheusPort == 0)
            return;

        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(static resource => resource.AddService("whatssound"))
            .WithMetrics(metrics => AddMetrics(metrics, settings, hasOtlp));
        // Not the log: it would leave without its bounds, and with its secrets.
        if (!hasOtlp)
            return;
        telemetry.WithTracing(static tracing => tracing.AddSource(Sources).AddOtlpExporter());
        builder.Services.AddHostedService(provider => new CollectorWatch(collectors, provider.GetRequiredService<ILogger<CollectorWatch>>()));
    }

    private static Uri? CollectorOf(ConfigurationManager configuration, string name)
    {
        if (configuration[name] is not { Length: > 0 } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var collector) && (collector.Scheme == Uri.UriSchemeHttp || collector.Scheme == Uri.UriSchemeHttps)
            ? collector
            : throw new HostStartException($"{name} is '{text}'; it must be an address such as http://127.0.0.1:4317.");
    }

    private static void AddMetrics(MeterProviderBuilder metrics, TelemetrySettings settings, bool hasOtlp)
    {
        metrics.AddMeter(Meters);
        if (hasOtlp)
            metrics.AddOtlpExporter();
        if (settings.PrometheusPort != 0)
            metrics.AddPrometheusHttpListener(options => (options.Host, options.Port) = (settings.PrometheusHost, settings.PrometheusPort));
    }
}
