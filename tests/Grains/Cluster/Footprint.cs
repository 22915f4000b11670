using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace WhatsSound.Tests.Grains;

/// <summary>
/// How many bytes objects keep in memory: theirs, and those of whatever they alone refer to. Counted object by object, so that it is the same in each run, whatever else the process does.
/// Services of the process, of Orleans and of .NET's threads are not followed.
/// </summary>
internal static class Footprint
{
    /// <summary>Of an object: its type and its lock. Of an array or text also its length.</summary>
    private const int HeaderBytes = 16;

    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Fields = new();

    /// <summary>What the roots keep that is not also reached from others of their kind.</summary>
    public static long BytesOf(IEnumerable<object> roots, IEnumerable<object> others)
    {
        var shared = Reach(others);
        return Reach(roots).Where(one => !shared.Contains(one)).Sum(SizeOf);
    }

    private static HashSet<object> Reach(IEnumerable<object> roots)
    {
        var reached = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var left = new Stack<object>(roots);
        while (left.TryPop(out var one))
        {
            if (!IsFollowed(one.GetType()) || !reached.Add(one))
                continue;
            foreach (var next in ReferencesOf(one, one.GetType()))
                left.Push(next);
        }

        return reached;
    }

    private static IEnumerable<object> ReferencesOf(object one, Type type)
    {
        if (one is Array array)
        {
            var element = type.GetElementType()!;
            return HasReferences(element) ? array.Cast<object?>().SelectMany(item => Held(item, element)) : [];
        }

        return FieldsOf(type).SelectMany(field => Held(field.GetValue(one), field.FieldType));
    }

    /// <summary>What is held by a field or an element: an object, or what is in a value.</summary>
    private static IEnumerable<object> Held(object? value, Type declared) => value switch
    {
        null => [],
        _ when !declared.IsValueType => [value],
        _ => HasReferences(declared) ? ReferencesOf(value, value.GetType()) : [],
    };

    private static long SizeOf(object one)
    {
        var type = one.GetType();
        return one switch
        {
            string text => Aligned(HeaderBytes + 6 + (2L * text.Length)),
            Array array => Aligned(HeaderBytes + 8 + ((long)array.Length * RuntimeHelpers.SizeOf(type.GetElementType()!.TypeHandle))),
            _ => Math.Max(24, Aligned(HeaderBytes + FieldsOf(type).Sum(static field => (long)RuntimeHelpers.SizeOf(field.FieldType.TypeHandle)))),
        };
    }

    private static long Aligned(long bytes) => (bytes + 7) / 8 * 8;

    private static bool HasReferences(Type type) =>
        !type.IsValueType || (!type.IsPrimitive && !type.IsEnum && !type.IsPointer && FieldsOf(type).Any(field => field.FieldType != type && HasReferences(field.FieldType)));

    private static bool IsFollowed(Type type) =>
        !typeof(MemberInfo).IsAssignableFrom(type) && !type.IsPointer
        && (type.IsArray || (type.FullName is { } name && (IsProducts(name) || name.StartsWith("Orleans.GrainState", StringComparison.Ordinal) || IsCollection(type))));

    private static bool IsProducts(string name) => name.StartsWith("WhatsSound.", StringComparison.Ordinal) && !name.StartsWith("WhatsSound.Tests", StringComparison.Ordinal);

    private static bool IsCollection(Type type) =>
        type == typeof(string) || typeof(Delegate).IsAssignableFrom(type) || type.Namespace is "System" or "System.Collections.Generic" or "System.Collections.Immutable" or "System.Collections.Frozen";

    private static FieldInfo[] FieldsOf(Type type) => Fields.GetOrAdd(type, static type =>
    {
        var fields = new List<FieldInfo>();
        for (var of = type; of is not null; of = of.BaseType)
            fields.AddRange(of.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
        return [.. fields];
    });
}
