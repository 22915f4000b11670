using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Console;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Hosting.Logs;

/// <summary>What a process logs, and how: on standard output, a line per event, dated in UTC.</summary>
public static class WhatsSoundLogging
{
    private static readonly Dictionary<string, string?> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Logging:LogLevel:Default"] = "Information",
        // Their information is for whoever develops them, and ASP.NET Core's has the address of each request, which may have a token in it.
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:System"] = "Warning",
        ["Logging:LogLevel:Orleans"] = "Warning",
        ["Logging:LogLevel:Npgsql"] = "Warning",
        // Readiness says it once, and not at each question.
        ["Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks"] = "None",
        // Orleans places grains through it: two lines for each activation.
        ["Logging:LogLevel:Polly"] = "Warning",
    };

    /// <summary>Adds the defaults. Every other source of the configuration wins.</summary>
    public static void AddWhatsSoundLogging(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = Settings });
        builder.Services.AddSettings<LogSettings>(builder.Configuration, LogSettings.Section);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<StartLog>();
        builder.Services.AddSingleton<RepeatedFaults>();
        builder.Services.AddSingleton<LogGate>();
        builder.Logging.ClearProviders();
        builder.Logging.AddConsoleFormatter<TextLogFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddConsoleFormatter<JsonLogFormatter, ConsoleFormatterOptions>();
        builder.Logging.AddConsole(static _ => { });
        builder.Services.AddOptions<ConsoleLoggerOptions>().Configure<Microsoft.Extensions.Options.IOptions<LogSettings>>(
            static (console, log) => console.FormatterName = LogSettings.FormatterOf(log.Value.Format));
    }
}
