using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using WhatsSound.Embedded.Streams;

namespace Orleans.Hosting;

public static class SiloBuilderMemoryStreamExtensions
{
    public static ISiloBuilder AddMemoryStreams(this ISiloBuilder builder, string name)
    {
        builder.Services.AddKeyedSingleton<IStreamProvider>(name, (services, _) => MemoryStreamProvider.Create(services, name));
        return builder;
    }
}
