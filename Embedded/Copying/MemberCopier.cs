using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans;

namespace WhatsSound.Embedded.Copying;

/// <summary>Copies a [GenerateSerializer] type by its members: those with [Id], and the primary constructor's of a record.</summary>
internal static class MemberCopier
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static Copier For(Type type)
    {
        var members = FieldsOf(type).Select(field => (Field: field, Copier: CopierOf(field))).ToArray();
        var constructor = type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []);
        return (value, context) =>
        {
            if (context.TryGet(value, out var known)) return known!;
            var copy = constructor is null ? RuntimeHelpers.GetUninitializedObject(value.GetType()) : constructor.Invoke(null);
            context.Record(value, copy);
            foreach (var (field, copier) in members)
                field.SetValue(copy, field.GetValue(value) is { } member && copier is not null ? copier(member, context) : field.GetValue(value));
            return copy;
        };
    }

    private static Copier? CopierOf(FieldInfo field)
    {
        try
        {
            return field.IsDefined(typeof(ImmutableAttribute)) ? null : Copiers.For(field.FieldType);
        }
        catch (UncopyableTypeException refusal)
        {
            throw new UncopyableTypeException(field.DeclaringType!, $"its member {field.Name} is of a type that cannot: {refusal.Message}");
        }
    }

    private static IEnumerable<FieldInfo> FieldsOf(Type type)
    {
        for (var level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            var primary = PrimaryParametersOf(level);
            foreach (var field in level.GetFields(Declared).Where(field => field.IsDefined(typeof(IdAttribute)))) yield return field;
            foreach (var property in level.GetProperties(Declared).Where(property => property.IsDefined(typeof(IdAttribute)) || primary.Contains(property.Name)))
                yield return BackingFieldOf(level, property);
        }
    }

    private static FieldInfo BackingFieldOf(Type type, PropertyInfo property)
        => type.GetField($"<{property.Name}>k__BackingField", Declared)
            ?? throw new UncopyableTypeException(type, $"{property.Name} has an [Id] but is not an automatic property");

    /// <summary>A record's primary constructor has a parameter for each positional property; the copy constructor is not it.</summary>
    private static HashSet<string> PrimaryParametersOf(Type type)
    {
        var isRecord = type.GetMethod("<Clone>$", Declared) is not null || (type.IsValueType && type.GetMethod("PrintMembers", Declared) is not null);
        if (!isRecord) return [];
        return type.GetConstructors(Declared)
            .Select(constructor => constructor.GetParameters())
            .Where(parameters => parameters.Length > 0 && parameters[0].ParameterType != type)
            .SelectMany(parameters => parameters)
            .Select(parameter => parameter.Name!)
            .ToHashSet(StringComparer.Ordinal);
    }
}
