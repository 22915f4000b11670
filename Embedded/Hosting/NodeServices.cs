using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Hosting;

/// <summary>What silos and clients register alike.</summary>
internal static class NodeServices
{
    public static void AddNodeServices<TNode>(this IServiceCollection services)
        where TNode : Node
    {
        services.AddOptions();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ClusterRuntime>();
        services.AddSingleton<TNode>();
        services.AddSingleton<Node>(provider => provider.GetRequiredService<TNode>());
        services.AddSingleton(provider => new NodeScheduler(provider.GetRequiredService<TNode>().Background));
        services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<TNode>().References);
        services.AddSingleton<IClusterClient>(provider => new ClusterClient(provider.GetRequiredService<TNode>().References, provider));
    }
}
