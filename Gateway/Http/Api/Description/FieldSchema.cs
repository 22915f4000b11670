using System.Text.Json.Nodes;
using WhatsSound.Gateway.Requests;

namespace WhatsSound.Gateway.Http.Api.Description;

/// <summary>The JSON Schema of what a request takes: the bounds are those that it is refused by.</summary>
internal static class FieldSchema
{
    /// <summary>An object with these fields.</summary>
    public static JsonObject OfAll(IEnumerable<RequestField> fields)
    {
        var all = fields.ToList();
        var schema = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(all.Select(static one => KeyValuePair.Create(one.Name, (JsonNode?)Of(one)))) };
        if (all.Exists(static one => one.IsRequired))
            schema["required"] = new JsonArray([.. all.Where(static one => one.IsRequired).Select(static one => (JsonNode)one.Name)]);
        return schema;
    }

    public static JsonObject Of(RequestField one) => one.Kind switch
    {
        FieldKind.Text => Bounded("string", one, "minLength", "maxLength"),
        FieldKind.Integer => Bounded("integer", one, "minimum", "maximum"),
        FieldKind.Flag => new JsonObject { ["type"] = "boolean" },
        FieldKind.Object => new JsonObject { ["type"] = "object", ["description"] = $"At most {one.Max:N0} bytes." },
        FieldKind.Texts => new JsonObject { ["type"] = "object", ["maxProperties"] = one.Max, ["additionalProperties"] = new JsonObject { ["type"] = "string" } },
        FieldKind.TextList => new JsonObject { ["type"] = "array", ["maxItems"] = one.Max, ["items"] = new JsonObject { ["type"] = "string" } },
        FieldKind.Position => Position(),
        FieldKind.Positions => new JsonObject { ["type"] = "object", ["maxProperties"] = one.Max, ["additionalProperties"] = Position() },
        FieldKind.List => new JsonObject { ["type"] = "array", ["minItems"] = one.Min, ["maxItems"] = one.Max, ["items"] = OfAll(one.Items) },
        _ => new JsonObject { ["description"] = one.Max is { } bytes ? $"Any JSON, of at most {bytes:N0} bytes." : "Any JSON." },
    };

    private static JsonObject Bounded(string type, RequestField one, string least, string most)
    {
        var schema = new JsonObject { ["type"] = type };
        if (one.Min is { } min and not 0 and not long.MinValue)
            schema[least] = min;
        else if (one is { Kind: FieldKind.Integer, Min: 0 })
            schema[least] = 0;
        if (one.Max is { } max and not long.MaxValue and not int.MaxValue)
            schema[most] = max;
        return schema;
    }

    private static JsonObject Position() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["epoch"] = new JsonObject { ["type"] = "string" }, ["offset"] = new JsonObject { ["type"] = "integer", ["minimum"] = 0 } },
        ["required"] = new JsonArray("epoch", "offset"),
    };
}
