using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace WhatsSound.Embedded.Runtime;

/// <summary>A client of the cluster with services of its own.</summary>
internal sealed class ClientNode(ClusterRuntime cluster, IServiceProvider services, IOptions<ClientMessagingOptions> options)
    : Node(cluster, services, cluster.NextName("client"), options.Value.ResponseTimeout)
{
    public void Kill() => Die();
}
