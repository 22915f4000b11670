using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Storage;
namespace WhatsSound.Embedded.Storage;
internal static class AdoNetGrainStorage { public static IGrainStorage Create(IServiceProvider s, string name) => throw new NotSupportedException(name + s); }
internal static class MemoryGrainStorage { public static IGrainStorage Create(IServiceProvider s, string name) => throw new NotSupportedException(name + s); }
internal static class GrainStorageRegistration
{
    public static ISiloBuilder AddGrainStorage(this ISiloBuilder builder, string name, Func<IServiceProvider, string, IGrainStorage> create)
    {
        builder.Services.AddKeyedSingleton(name, (services, _) => create(services, name));
        return builder;
    }
}
