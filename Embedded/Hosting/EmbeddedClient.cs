using Microsoft.Extensions.DependencyInjection;
using Orleans;
using WhatsSound.Embedded.Hosting;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded;

/// <summary>A client of an <see cref="EmbeddedCluster"/>.</summary>
public sealed class EmbeddedClient
{
    internal EmbeddedClient(NodeHost host)
    {
        Host = host;
        Node = host.Services.GetRequiredService<ClientNode>();
        Client = host.Services.GetRequiredService<IClusterClient>();
    }

    public IClusterClient Client { get; }

    public IServiceProvider Services => Host.Services;

    internal NodeHost Host { get; }

    internal ClientNode Node { get; }
}
