using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using WhatsSound.Embedded.Hosting;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded;

/// <summary>One run of a silo of an <see cref="EmbeddedCluster"/>.</summary>
public sealed class EmbeddedSilo
{
    internal EmbeddedSilo(NodeHost host)
    {
        Host = host;
        Silo = host.Services.GetRequiredService<Silo>();
    }

    public string Name => Silo.Name;

    public SiloAddress SiloAddress => Silo.SiloAddress;

    public IServiceProvider Services => Host.Services;

    /// <summary>How many grains are active on it.</summary>
    public int ActivationCount => Silo.ActivationCount;

    internal NodeHost Host { get; }

    internal Silo Silo { get; }

    public override string ToString() => Name;
}
