using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Serialization;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Shared;

/// <summary>
/// Makes an instance of any message or state: with everything set, or with the least that it takes. New members are set without anybody thinking of it,
/// and every text and number is another one.
/// </summary>
internal sealed class Specimen
{
    private static readonly NullabilityInfoContext Nullability = new();

    private readonly bool _isFull;
    private int _count;

    private Specimen(bool isFull) => _isFull = isFull;

    /// <summary>Everything is set: every nullable has a value, every collection an element, every flag is on.</summary>
    public static object Full(Type type) => new Specimen(isFull: true).Make(type, type.Name);

    /// <summary>Only what is required is set; collections that are required are empty.</summary>
    public static object Minimal(Type type) => new Specimen(isFull: false).Make(type, type.Name);

    private object Make(Type type, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
            return $"{name} {++_count}";
        if (type == typeof(int) || type == typeof(long))
            return Convert.ChangeType(++_count, type);
        if (type == typeof(bool))
            return _isFull;
        if (type == typeof(Payload))
            return _isFull ? new Payload(Encoding.UTF8.GetBytes(JsonOf(name, ++_count))) : default;
        if (type.IsEnum)
            return _isFull ? Enum.GetValues(type).Cast<object>().Last() : Enum.GetValues(type).GetValue(0)!;
        return type.IsGenericType && type.Namespace == typeof(ImmutableArray).Namespace ? MakeCollection(type, name) : MakeRecord(type);
    }

    /// <summary>Headers are texts by name; all else is any JSON.</summary>
    private static string JsonOf(string name, int count) =>
        name == nameof(Publication.Headers) ? $$"""{"of":"{{name}} {{count}}"}""" : $$"""{"of":"{{name}}","n":{{count}}}""";

    private object MakeCollection(Type type, string name)
    {
        var factory = typeof(Specimen).GetMethod(
            type.GetGenericTypeDefinition() switch
            {
                var definition when definition == typeof(ImmutableArray<>) => nameof(ArrayOf),
                var definition when definition == typeof(ImmutableHashSet<>) => nameof(SetOf),
                var definition when definition == typeof(ImmutableDictionary<,>) => nameof(DictionaryOf),
                _ => throw new NotSupportedException($"{type} in {name}: say here what an instance of it is."),
            },
            BindingFlags.Instance | BindingFlags.NonPublic)!;
        return factory.MakeGenericMethod([type.GetGenericArguments()[^1]]).Invoke(this, [name])!;
    }

    // Of a closed family, one of each kind.
    private ImmutableArray<T> ArrayOf<T>(string name) => _isFull ? [.. KindsOf(typeof(T)).Select(kind => (T)Make(kind, name))] : [];

    private static IEnumerable<Type> KindsOf(Type type) =>
        type.IsAbstract ? type.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType) : [type];

    private ImmutableHashSet<T> SetOf<T>(string name) => _isFull ? [(T)Make(typeof(T), name)] : [];

    private ImmutableDictionary<string, T> DictionaryOf<T>(string name) =>
        _isFull ? ImmutableDictionary<string, T>.Empty.Add($"{name} key {++_count}", (T)Make(typeof(T), name)) : ImmutableDictionary<string, T>.Empty;

    private object MakeRecord(Type type)
    {
        // Of a closed family, the first kind.
        if (type.IsAbstract)
            type = KindsOf(type).FirstOrDefault() ?? throw new NotSupportedException($"{type} is abstract: say here which of its kinds is meant.");
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(candidate => candidate.GetParameters().All(parameter => parameter.ParameterType != type))
            .MaxBy(candidate => candidate.GetParameters().Length);
        var parameters = constructor?.GetParameters() ?? [];
        var made = constructor?.Invoke([.. parameters.Select(ValueOf)]) ?? RuntimeHelpers.GetUninitializedObject(type);
        // A state's schema number is no content: an instance has today's.
        foreach (var property in type.GetProperties().Where(property => property is { CanWrite: true, Name: not "Schema" }))
        {
            if (parameters.Any(parameter => parameter.Name == property.Name))
                continue;
            if (_isFull || property.IsDefined(typeof(RequiredMemberAttribute)))
                property.SetValue(made, Make(property.PropertyType, property.Name));
        }

        return made;
    }

    private object? ValueOf(ParameterInfo parameter) =>
        _isFull || Nullability.Create(parameter).WriteState == NullabilityState.NotNull ? Make(parameter.ParameterType, parameter.Name!) : null;
}
