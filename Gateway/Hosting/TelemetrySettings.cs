using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Hosting;

/// <summary>
/// Where metrics can be read; section <c>Telemetry</c> of the configuration. With OTEL_EXPORTER_OTLP_ENDPOINT set, metrics and traces are sent there too, by
/// OpenTelemetry's standard variables.
/// </summary>
internal sealed class TelemetrySettings
{
    public const string Section = "Telemetry";

    /// <summary>A port for Prometheus, with /metrics and nothing else; 0: none. A port of its own, since metrics are not for those who may use the program.</summary>
    [Within(0, 65_535)]
    public int PrometheusPort { get; set; }

    /// <summary>The host name or address that the port listens on. This machine only; + is every address, and has no authentication either.</summary>
    [NotEmpty]
    public string PrometheusHost { get; set; } = "localhost";
}

/// <summary>Generated from the bounds of <see cref="TelemetrySettings"/>.</summary>
[OptionsValidator]
internal sealed partial class TelemetrySettingsValidator : IValidateOptions<TelemetrySettings>;
