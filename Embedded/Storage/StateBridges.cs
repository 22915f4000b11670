using Orleans.Runtime;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Storage;

/// <summary>Finds how to make the persistent state that a constructor parameter asks for.</summary>
internal static class StateBridges
{
    public static Func<IServiceProvider, Activation, object?> For(Type parameterType, IPersistentStateConfiguration configuration)
    {
        if (!parameterType.IsGenericType || parameterType.GetGenericTypeDefinition() != typeof(IPersistentState<>))
            throw new OrleansConfigurationException($"[PersistentState(\"{configuration.StateName}\")] belongs on an IPersistentState<T>, not on {parameterType}.");
        var bridge = typeof(StateBridge<>).MakeGenericType(parameterType.GetGenericArguments());
        return (services, activation) => Activator.CreateInstance(bridge, services, activation, configuration);
    }
}
