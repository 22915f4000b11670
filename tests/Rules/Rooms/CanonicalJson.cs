using System.Text.Json;
using System.Text.Json.Nodes;

namespace WhatsSound.Tests.Rules.Rooms;

/// <summary>A value as text in which equal values are equal: what has no order is sorted.</summary>
internal static class CanonicalJson
{
    public static string Of<T>(T value) => Sorted(JsonSerializer.SerializeToNode(value))?.ToJsonString() ?? "null";

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject fields => new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal)
            .Select(field => KeyValuePair.Create(field.Key, field.Key is "SkipVoters" or "Skip" or "Ended" or "Unplayable" ? SortedSet(field.Value!.AsArray()) : Sorted(field.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Sorted)]),
        _ => node?.DeepClone(),
    };

    private static JsonArray SortedSet(JsonArray items) =>
        new([.. items.Select(item => item!.GetValue<string>()).Order(StringComparer.Ordinal).Select(item => (JsonNode?)item)]);
}
