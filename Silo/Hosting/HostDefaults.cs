using WhatsSound.Gateway;
using WhatsSound.Gateway.Http;

namespace WhatsSound.Silo.Hosting;

/// <summary>How the process behaves where nothing else is configured.</summary>
internal static class HostDefaults
{
    private static readonly Dictionary<string, string?> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        // This machine only: whoever opens the program to others has read deploy/README.md. Not 5000, which macOS uses itself.
        ["Urls"] = "http://127.0.0.1:5080",
        // The build puts the page beside the program; data stays where the program was started.
        ["WebPage:Folder"] = Path.Combine(AppContext.BaseDirectory, "wwwroot"),
    };

    public static void AddDefaults(this WebApplicationBuilder builder)
    {
        // First, so that every other source wins.
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = Settings });
        builder.AddWhatsSoundLogging();
        builder.Services.AddStopTime();
        builder.Services.AddHostedService<Announcement>();
    }
}
