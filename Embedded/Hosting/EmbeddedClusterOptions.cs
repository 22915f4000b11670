using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace WhatsSound.Embedded;

/// <summary>How the silos and clients of an <see cref="EmbeddedCluster"/> are made.</summary>
public sealed class EmbeddedClusterOptions
{
    public Action<ISiloBuilder> ConfigureSilo { get; set; } = _ => { };

    /// <summary>Runs before <see cref="ConfigureSilo"/>, on the host that each silo gets.</summary>
    public Action<IHostApplicationBuilder> ConfigureSiloHost { get; set; } = _ => { };

    public Action<IClientBuilder> ConfigureClient { get; set; } = _ => { };
}
