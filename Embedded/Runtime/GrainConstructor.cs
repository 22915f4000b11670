using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using WhatsSound.Embedded.Storage;

namespace WhatsSound.Embedded.Runtime;

/// <summary>Makes grains of one class: constructor parameters are persistent states, the activation itself, or services.</summary>
internal sealed class GrainConstructor(Type type)
{
    private readonly ConstructorInvoker invoker = ConstructorInvoker.Create(Choose(type));
    private readonly Func<IServiceProvider, Activation, object?>[] arguments = Array.ConvertAll(Choose(type).GetParameters(), ArgumentFor);

    public object Create(IServiceProvider services, Activation activation)
        => invoker.Invoke(Array.ConvertAll(arguments, argument => argument(services, activation)).AsSpan());

    private static ConstructorInfo Choose(Type type)
    {
        var constructors = type.GetConstructors();
        return Array.Find(constructors, constructor => constructor.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? constructors.MaxBy(constructor => constructor.GetParameters().Length)
            ?? throw new OrleansConfigurationException($"{type} has no public constructor.");
    }

    private static Func<IServiceProvider, Activation, object?> ArgumentFor(ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } state) return StateBridges.For(parameter.ParameterType, state);
        if (parameter.ParameterType == typeof(IGrainContext)) return (_, activation) => activation;
        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
            return (services, _) => services.GetRequiredKeyedService(parameter.ParameterType, keyed.Key);
        return parameter.HasDefaultValue
            ? (services, _) => services.GetService(parameter.ParameterType) ?? parameter.DefaultValue
            : (services, _) => services.GetRequiredService(parameter.ParameterType);
    }
}
