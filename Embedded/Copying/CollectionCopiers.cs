using System.Reflection;
using System.Runtime.CompilerServices;

namespace WhatsSound.Embedded.Copying;

/// <summary>Copiers of arrays, the usual mutable collections, and tuples of what is not immutable.</summary>
internal static class CollectionCopiers
{
    private static readonly Dictionary<Type, string> Factories = new()
    {
        [typeof(List<>)] = nameof(List),
        [typeof(Queue<>)] = nameof(Queue),
        [typeof(Stack<>)] = nameof(Stack),
        [typeof(HashSet<>)] = nameof(HashSet),
        [typeof(Dictionary<,>)] = nameof(Dictionary),
        [typeof(SortedDictionary<,>)] = nameof(SortedDictionary),
        [typeof(KeyValuePair<,>)] = nameof(Pair),
    };

    public static bool TryMake(Type type, out Copier? copier)
    {
        copier = null;
        if (!type.IsGenericType) return false;
        if (Factories.TryGetValue(type.GetGenericTypeDefinition(), out var factory)) copier = Call(factory, type.GetGenericArguments());
        else if (typeof(ITuple).IsAssignableFrom(type)) copier = Tuple(type);
        return copier is not null;
    }

    public static Copier ForArray(Type type)
        => type.GetArrayRank() == 1
            ? Call(nameof(Array), [type.GetElementType()!])
            : throw new UncopyableTypeException(type, "arrays have one dimension here; use an array of arrays");

    private static Copier Call(string factory, Type[] arguments)
        => (Copier)typeof(CollectionCopiers).GetMethod(factory, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(arguments)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null)!;

    private static Copier Array<T>() => Collection<T, T[]>(static items => items.ToArray());

    private static Copier List<T>() => Collection<T, List<T>>(static items => items.ToList());

    private static Copier Queue<T>() => Collection<T, Queue<T>>(static items => new(items));

    private static Copier Stack<T>() => Collection<T, Stack<T>>(static items => new(items.Reverse()));

    private static Copier HashSet<T>()
    {
        var item = Copiers.For(typeof(T));
        return (value, context) => context.TryGet(value, out var copy)
            ? copy!
            : Recorded(context, value, new HashSet<T>(((HashSet<T>)value).Select(entry => Copy(item, entry, context)), ((HashSet<T>)value).Comparer));
    }

    private static Copier Dictionary<TKey, TValue>()
        where TKey : notnull
    {
        var (key, item) = (Copiers.For(typeof(TKey)), Copiers.For(typeof(TValue)));
        return (value, context) =>
        {
            if (context.TryGet(value, out var known)) return known!;
            var original = (Dictionary<TKey, TValue>)value;
            var copy = new Dictionary<TKey, TValue>(original.Count, original.Comparer);
            context.Record(value, copy);
            foreach (var entry in original) copy.Add(Copy(key, entry.Key, context), Copy(item, entry.Value, context));
            return copy;
        };
    }

    private static Copier SortedDictionary<TKey, TValue>()
        where TKey : notnull
    {
        var (key, item) = (Copiers.For(typeof(TKey)), Copiers.For(typeof(TValue)));
        return (value, context) =>
        {
            var copy = new SortedDictionary<TKey, TValue>(((SortedDictionary<TKey, TValue>)value).Comparer);
            foreach (var entry in (SortedDictionary<TKey, TValue>)value) copy.Add(Copy(key, entry.Key, context), Copy(item, entry.Value, context));
            return copy;
        };
    }

    private static Copier Pair<TKey, TValue>()
    {
        var (key, item) = (Copiers.For(typeof(TKey)), Copiers.For(typeof(TValue)));
        return (value, context) =>
        {
            var pair = (KeyValuePair<TKey, TValue>)value;
            return KeyValuePair.Create(Copy(key, pair.Key, context), Copy(item, pair.Value, context));
        };
    }

    private static Copier Tuple(Type type)
    {
        var items = System.Array.ConvertAll(type.GetGenericArguments(), Copiers.For);
        return (value, context) =>
        {
            var tuple = (ITuple)value;
            return Activator.CreateInstance(type, items.Select((item, i) => tuple[i] is { } entry && item is not null ? item(entry, context) : tuple[i]).ToArray())!;
        };
    }

    private static Copier Collection<T, TCollection>(Func<IEnumerable<T>, TCollection> make)
        where TCollection : class, IEnumerable<T>
    {
        var item = Copiers.For(typeof(T));
        return (value, context) =>
        {
            if (context.TryGet(value, out var known)) return known!;
            var original = (TCollection)value;
            return Recorded(context, value, make(item is null ? original : original.Select(entry => Copy(item, entry, context))));
        };
    }

    private static object Recorded(CopyContext context, object original, object copy)
    {
        context.Record(original, copy);
        return copy;
    }

    private static T Copy<T>(Copier? copier, T value, CopyContext context) => copier is null || value is null ? value : (T)copier(value, context);
}
