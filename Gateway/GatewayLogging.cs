using Microsoft.Extensions.Configuration.Memory;

namespace WhatsSound.Gateway;

/// <summary>What a process logs, and how, where nothing else is configured.</summary>
public static class GatewayLogging
{
    private static readonly Dictionary<string, string?> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Logging:LogLevel:Default"] = "Information",
        // Their information is for whoever develops them, and ASP.NET Core's has the address of each request, which may have a token in it.
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:System"] = "Warning",
        ["Logging:LogLevel:Orleans"] = "Warning",
    };

    /// <summary>Adds the defaults: to a gateway of its own, or to a silo. Every other source of the configuration wins.</summary>
    public static void AddWhatsSoundLogging(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = Settings });
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(static options =>
        {
            options.SingleLine = true;
            options.TimestampFormat = "HH:mm:ss ";
            options.UseUtcTimestamp = true;
        });
    }
}
