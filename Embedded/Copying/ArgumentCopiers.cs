using System.Reflection;
using Orleans;
using Orleans.Runtime;

namespace WhatsSound.Embedded.Copying;

/// <summary>Finds the copier of each parameter and result when a proxy is made, and refuses the method if there is none.</summary>
internal static class ArgumentCopiers
{
    public static Copier? For(MethodInfo method, ParameterInfo parameter)
        => parameter.IsDefined(typeof(ImmutableAttribute)) ? null : Find(parameter.ParameterType, $"parameter '{parameter.Name}' of {Describe(method)}");

    public static Copier? ForResult(MethodInfo method, Type result)
        => result == typeof(Calls.Nothing) || method.ReturnParameter.IsDefined(typeof(ImmutableAttribute)) ? null : Find(result, $"the result of {Describe(method)}");

    private static Copier? Find(Type type, string place)
    {
        try
        {
            return Copiers.For(type);
        }
        catch (UncopyableTypeException refusal)
        {
            throw new OrleansConfigurationException($"{place}: {refusal.Message}", refusal);
        }
    }

    private static string Describe(MethodInfo method) => $"{method.DeclaringType}.{method.Name}";
}
