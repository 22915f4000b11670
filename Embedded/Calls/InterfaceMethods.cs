using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace WhatsSound.Embedded.Calls;

/// <summary>The callable methods of a grain interface, with those it inherits; refuses what cannot be a grain method.</summary>
internal static class InterfaceMethods
{
    public static IEnumerable<(MethodInfo Method, CallMethod Call)> Of(Type grainInterface)
        => grainInterface.GetInterfaces().Prepend(grainInterface)
            .Where(type => typeof(IAddressable).IsAssignableFrom(type))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.IsAbstract)
            .Select(method => (method, Describe(method)));

    private static CallMethod Describe(MethodInfo method)
    {
        if (method.IsGenericMethodDefinition) throw Refusal(method, "it is generic; make one method per type");
        if (method.IsSpecialName) throw Refusal(method, "grain interfaces have no properties or events; make it a method");
        if (method.GetParameters().Any(parameter => parameter.ParameterType.IsByRef)) throw Refusal(method, "parameters go one way; return the value instead");
        var type = typeof(CallMethod<>).MakeGenericType(ResultOf(method));
        return (CallMethod)type.GetConstructors()[0].Invoke(BindingFlags.DoNotWrapExceptions, null, [method], null);
    }

    private static Type ResultOf(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(Task) || type == typeof(ValueTask)) return typeof(Nothing);
        if (type == typeof(void) && typeof(IGrainObserver).IsAssignableFrom(method.DeclaringType)) return typeof(Nothing);
        if (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            return type.GetGenericArguments()[0];
        throw Refusal(method, $"it returns {type}; return Task, Task<T>, ValueTask or ValueTask<T>");
    }

    private static NotSupportedException Refusal(MethodInfo method, string reason)
        => new($"{method.DeclaringType}.{method.Name} cannot be called through a reference: {reason}.");
}
