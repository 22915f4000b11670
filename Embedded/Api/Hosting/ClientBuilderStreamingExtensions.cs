using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using WhatsSound.Embedded.Streams;

namespace Orleans.Hosting;

public static class ClientBuilderStreamingExtensions
{
    public static IClientBuilder AddMemoryStreams(this IClientBuilder builder, string name)
    {
        builder.Services.AddKeyedSingleton<IStreamProvider>(name, (services, _) => MemoryStreamProvider.Create(services, name));
        return builder;
    }
}
