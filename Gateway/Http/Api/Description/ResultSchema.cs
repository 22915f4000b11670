using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace WhatsSound.Gateway.Http.Api.Description;

/// <summary>The JSON Schema of what a request is answered with, as it is written.</summary>
internal static class ResultSchema
{
    /// <summary>Where a document has the schema of a type.</summary>
    public static string AddressOf(JsonTypeInfo type) => $"#/components/schemas/{type.Type.Name}";

    public static JsonNode Of(JsonTypeInfo type)
    {
        var schema = type.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        Move(schema, AddressOf(type));
        return schema;
    }

    /// <summary>What refers to a part of itself does so from the root, which in a document is elsewhere.</summary>
    private static void Move(JsonNode? node, string to)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Move(item, to);
        }
        else if (node is JsonObject schema)
        {
            if (schema["$ref"] is JsonValue reference && reference.TryGetValue(out string? at))
                schema["$ref"] = $"{to}{at[1..]}";
            foreach (var (_, value) in schema)
                Move(value, to);
        }
    }
}
