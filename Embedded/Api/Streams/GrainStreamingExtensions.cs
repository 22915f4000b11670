using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace Orleans;

public static class GrainStreamingExtensions
{
    public static IStreamProvider GetStreamProvider(this Grain grain, string name) => GetStreamProvider((IGrainBase)grain, name);

    public static IStreamProvider GetStreamProvider(this IGrainBase grain, string name)
        => grain.GrainContext.ActivationServices.GetRequiredKeyedService<IStreamProvider>(name);
}
