using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using WhatsSound.Grains;
using WhatsSound.Grains.Channels;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Rules.Golden;

/// <summary>What grains store, found by what their constructors ask for, and what a channel stores beside its turns, as the rows have it.</summary>
internal static class StoredStates
{
    private static readonly StateSerializer Serializer = new();

    /// <summary>The states, by name.</summary>
    public static IReadOnlyDictionary<string, Type> Types { get; } = typeof(GrainsSiloBuilderExtensions).Assembly.GetTypes()
        .SelectMany(type => type.GetConstructors())
        .SelectMany(constructor => constructor.GetParameters())
        .Select(parameter => (parameter.GetCustomAttribute<PersistentStateAttribute>()?.StateName, parameter.ParameterType))
        .Where(parameter => parameter.StateName is not null)
        .Select(parameter => KeyValuePair.Create(parameter.StateName!, parameter.ParameterType.GetGenericArguments()[0]))
        .Append(KeyValuePair.Create(MembersKeeper.StateName, typeof(KeptMembers)))
        .ToDictionary(StringComparer.Ordinal);

    public static string Write(object state)
    {
        var serialize = typeof(StateSerializer).GetMethod(nameof(StateSerializer.Serialize))!.MakeGenericMethod(state.GetType());
        return ((BinaryData)serialize.Invoke(Serializer, [state])!).ToString();
    }

    /// <summary>Reads a row as a grain does that is activated, to today's schema.</summary>
    public static object Read(string name, string row)
    {
        var type = Types[name];
        var deserialize = typeof(StateSerializer).GetMethod(nameof(StateSerializer.Deserialize))!.MakeGenericMethod(type);
        var state = deserialize.Invoke(Serializer, [new BinaryData(Encoding.UTF8.GetBytes(row))])!;
        return type.GetMethod("Upgrade")!.Invoke(state, [])!;
    }

    /// <summary>What of an older row is not in the row that is written once it was read: its texts and numbers, wherever they stand.</summary>
    public static IReadOnlyList<string> Lost(string name, string row)
    {
        var kept = Leaves(JsonNode.Parse(Write(Read(name, row)))!).ToHashSet(StringComparer.Ordinal);
        return [.. Leaves(JsonNode.Parse(row)!).Where(leaf => !kept.Contains(leaf))];
    }

    // The keys of a dictionary are content, the names of members are not; instances have spaces in all of their texts.
    private static IEnumerable<string> Leaves(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Key.Contains(' ') ? Leaves(member.Value).Prepend(member.Key) : Leaves(member.Value)),
        JsonArray elements => elements.SelectMany(Leaves),
        null => [],
        _ => [node.ToJsonString()],
    };
}
