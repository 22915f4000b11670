using WhatsSound.Control;
using WhatsSound.Gateway.Hosting.Cluster;
using WhatsSound.Playback;

namespace WhatsSound.Gateway.Hosting;

/// <summary>A gateway in a process of its own.</summary>
internal static class GatewayHost
{
    public static HostProgram Program { get; } = new(
        "A gateway of its own: takes connections for a cluster of silos, which it finds in their PostgreSQL database.", Add, static app => app.MapWhatsSoundGateway());

    private static void Add(WebApplicationBuilder builder)
    {
        builder.AddCluster();
        builder.Services.AddClusterClock();
        builder.Services.AddControlFollower();
        builder.Services.AddWhatsSoundGateway(builder.Configuration);
    }
}
