using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using WhatsSound.Grains;
using WhatsSound.Grains.Channels;
using WhatsSound.Grains.Rooms;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Rules.Golden;

/// <summary>What grains store, found by what their constructors ask for, and what channels and rooms store beside that, as the rows have it.</summary>
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
        .Append(KeyValuePair.Create(PlaysPageState.StateName, typeof(PlaysPageState)))
        .Append(KeyValuePair.Create("room-journal", typeof(RoomEntry)))
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

    // The number of the schema is none. The keys of a dictionary are content, unless the value has the id itself; the names of members are not. Instances have
    // spaces in all of their texts.
    private static IEnumerable<string> Leaves(JsonNode? node) => node switch
    {
        JsonObject members => members.Where(static member => member.Key != "schema").SelectMany(member => IsContent(member) ? Leaves(member.Value).Prepend(JsonValue.Create(member.Key).ToJsonString()) : Leaves(member.Value)),
        JsonArray elements => elements.SelectMany(Leaves),
        null => [],
        _ => [node.ToJsonString()],
    };

    private static bool IsContent(KeyValuePair<string, JsonNode?> member) => 
        member.Key.Contains(' ') && (member.Value as JsonObject)?.ContainsKey("entryId") != true;
}
