using Orleans;
using Orleans.Runtime;

namespace WhatsSound.Embedded.Runtime;

/// <summary>The grain classes of the process, by identity and by interface.</summary>
internal static class GrainClasses
{
    private static readonly Lazy<Dictionary<GrainType, GrainClass>> ByType = new(() => Index(GrainAssemblies.Find()));

    public static GrainClass Get(GrainType type)
        => ByType.Value.GetValueOrDefault(type) ?? throw new ArgumentException($"No grain class is called {type}.", nameof(type));

    public static GrainClass For(Type grainInterface, string? classNamePrefix)
    {
        var found = ByType.Value.Values
            .Where(each => each.Interfaces.Contains(grainInterface))
            .Where(each => classNamePrefix is null || each.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal))
            .ToArray();
        return found.Length switch
        {
            1 => found[0],
            0 => throw new ArgumentException($"No grain class implements {grainInterface}.", nameof(grainInterface)),
            _ => throw new ArgumentException($"{grainInterface} is implemented by {string.Join(", ", found.Select(each => each.Type))}: say which.", nameof(grainInterface)),
        };
    }

    private static Dictionary<GrainType, GrainClass> Index(IEnumerable<System.Reflection.Assembly> assemblies)
    {
        var classes = new Dictionary<GrainType, GrainClass>();
        var types = assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false } && typeof(IGrainBase).IsAssignableFrom(type));
        foreach (var grainClass in types.Select(type => new GrainClass(type)))
        {
            if (classes.TryAdd(grainClass.GrainType, grainClass)) continue;
            throw new OrleansConfigurationException(
                $"{grainClass.Type} and {classes[grainClass.GrainType].Type} are both called {grainClass.GrainType}: give one a [GrainType].");
        }

        return classes;
    }
}
