using System.Reflection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Runtime;

namespace WhatsSound.Embedded.Runtime;

/// <summary>A grain class: its identity, its interfaces, and how its instances are made.</summary>
internal sealed class GrainClass(Type type)
{
    private readonly GrainConstructor constructor = new(type);
    private readonly bool isKeptAlive = type.IsDefined(typeof(KeepAliveAttribute), inherit: true);

    public Type Type => type;

    public GrainType GrainType { get; } = GrainType.Create(NameOf(type));

    public bool IsReentrant { get; } = type.IsDefined(typeof(ReentrantAttribute), inherit: true);

    public IEnumerable<Type> Interfaces => type.GetInterfaces().Where(each => typeof(IAddressable).IsAssignableFrom(each));

    public object Create(IServiceProvider services, Activation activation) => constructor.Create(services, activation);

    /// <summary>Null if its activations are never idle.</summary>
    public TimeSpan? CollectionAge(GrainCollectionOptions options)
        => isKeptAlive ? null : options.ClassSpecificCollectionAge.TryGetValue(type.FullName!, out var own) ? own : options.CollectionAge;

    /// <summary>As in Orleans: the class name in lower case, without a trailing "grain".</summary>
    private static string NameOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } named) return named.GetGrainType(null!, type).ToString();
        var name = type.Name.ToLowerInvariant();
        return name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name;
    }
}
