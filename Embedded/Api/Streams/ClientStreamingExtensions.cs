using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace Orleans;

public static class ClientStreamingExtensions
{
    public static IStreamProvider GetStreamProvider(this IClusterClient client, string name)
        => client.ServiceProvider.GetRequiredKeyedService<IStreamProvider>(name);
}
