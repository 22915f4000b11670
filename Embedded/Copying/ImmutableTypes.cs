using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace WhatsSound.Embedded.Copying;

/// <summary>Types whose values never change, so that both sides may hold the same one.</summary>
internal static class ImmutableTypes
{
    private static readonly HashSet<Type> Leaves =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
        typeof(Uri), typeof(Version), typeof(IPAddress), typeof(IPEndPoint), typeof(BigInteger), typeof(Int128), typeof(UInt128), typeof(Half),
        typeof(CultureInfo), typeof(CancellationToken), typeof(ReadOnlyMemory<byte>), typeof(Index), typeof(Range),
    ];

    private static readonly HashSet<Type> Wrappers =
    [
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>), typeof(ImmutableQueue<>),
        typeof(ImmutableStack<>), typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>), typeof(KeyValuePair<,>),
    ];

    public static bool Contains(Type type)
        => type.IsPrimitive || type.IsEnum || Leaves.Contains(type)
            || typeof(IAddressable).IsAssignableFrom(type) || typeof(Exception).IsAssignableFrom(type) || typeof(Type).IsAssignableFrom(type)
            || (type.IsGenericType && IsWrapper(type) && type.GetGenericArguments().All(argument => Copiers.For(argument) is null));

    private static bool IsWrapper(Type type) => Wrappers.Contains(type.GetGenericTypeDefinition()) || typeof(ITuple).IsAssignableFrom(type);
}
