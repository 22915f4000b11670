using System.Collections.Concurrent;
using Orleans;

namespace WhatsSound.Embedded.Copying;

/// <summary>The copier of each type, or null for types that pass by reference.</summary>
internal static class Copiers
{
    private static readonly ConcurrentDictionary<Type, Entry> Known = new();

    [ThreadStatic]
    private static HashSet<Type>? underWay;

    /// <summary>Null if values of the type may be shared.</summary>
    /// <exception cref="UncopyableTypeException">The type can be neither shared nor copied.</exception>
    public static Copier? For(Type type)
    {
        if (Known.TryGetValue(type, out var entry)) return entry.Copier;
        underWay ??= [];
        // A type that contains itself: its copier is not made yet, and is looked up when a value comes.
        if (!underWay.Add(type)) return (value, context) => For(value.GetType())?.Invoke(value, context) ?? value;
        try
        {
            return Known.GetOrAdd(type, static type => new(Make(type))).Copier;
        }
        finally
        {
            underWay.Remove(type);
        }
    }

    private static Copier? Make(Type type)
    {
        if (ImmutableTypes.Contains(type)) return null;
        if (Nullable.GetUnderlyingType(type) is { } underlying) return For(underlying);
        if (type.IsDefined(typeof(ImmutableAttribute), inherit: false)) return RequireSerializer(type);
        if (type.IsArray) return CollectionCopiers.ForArray(type);
        if (CollectionCopiers.TryMake(type, out var collection)) return collection;
        if (type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)) return type.IsAbstract ? ByRuntimeType : MemberCopier.For(type);
        if (type == typeof(object) || type.IsInterface || type.IsAbstract) return ByRuntimeType;
        throw new UncopyableTypeException(type, "it is neither immutable nor known how to copy");
    }

    private static object ByRuntimeType(object value, CopyContext context)
        => value.GetType() == typeof(object) ? value : For(value.GetType())?.Invoke(value, context) ?? value;

    private static Copier? RequireSerializer(Type type)
        => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) || type.Assembly == typeof(Copiers).Assembly
            ? null
            : throw new UncopyableTypeException(type, "it is [Immutable] but has no serializer");

    private readonly record struct Entry(Copier? Copier);
}
