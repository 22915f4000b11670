using Microsoft.Extensions.Configuration.Memory;
using WhatsSound.Gateway.Hosting.Logs;
using WhatsSound.Gateway.Http;

namespace WhatsSound.Gateway.Hosting;

/// <summary>How each program behaves where nothing else is configured.</summary>
internal static class HostDefaults
{
    /// <summary>This machine only: whoever opens the program to others has read deploy/README.md. Not 5000, which macOS uses itself.</summary>
    public const string Urls = "http://127.0.0.1:5080";

    private static readonly Dictionary<string, string?> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(Urls)] = Urls,
        // Wherever the program is started; data stays where it was started.
        ["WebPage:Folder"] = WebPageOptions.FolderBesideProgram,
    };

    public static void AddHostDefaults(this WebApplicationBuilder builder)
    {
        // First, so that every other source wins.
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = Settings });
        builder.AddWhatsSoundLogging();
        builder.AddTelemetry();
        builder.Services.AddVanishedPeers();
        builder.Services.AddStopTime();
        builder.Services.AddHostedService<Announcement>();
        builder.Services.AddSingleton<IMemoryView, RuntimeMemory>();
        builder.Services.AddHostedService<MemoryReturn>();
    }
}
