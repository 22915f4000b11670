using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using WhatsSound.Gateway.Requests;

namespace WhatsSound.Gateway.Http.Api.Description;

/// <summary>The API as OpenAPI 3.1: all of it is read from the catalogue, so that there is nothing to forget.</summary>
internal static class OpenApiDocument
{
    public static JsonObject Of(IReadOnlyList<ApiRoute> routes) => new()
    {
        ["openapi"] = "3.1.0",
        ["info"] = new JsonObject
        {
            ["title"] = "WhatsSound",
            ["version"] = "1",
            ["description"] = "What connections ask for, over HTTP: the same refusals, limits and ids. A publication or command with the same id again has one effect and the same answer.",
        },
        ["security"] = new JsonArray([.. Schemes().Select(static scheme => new JsonObject { [scheme.Key] = new JsonArray() })]),
        ["paths"] = PathsOf(routes),
        ["components"] = new JsonObject
        {
            ["securitySchemes"] = new JsonObject(Schemes()),
            ["schemas"] = SchemasOf(routes),
        },
    };

    /// <summary>What a request may show: one of these.</summary>
    private static IEnumerable<KeyValuePair<string, JsonNode?>> Schemes() =>
    [
        new("bearer", new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT", ["description"] = "The token of a user, or the name and secret of a key with a colon between them." }),
        new("key", new JsonObject { ["type"] = "http", ["scheme"] = "basic", ["description"] = "The name of a key, and its secret: not from pages." }),
        new("signature", new JsonObject
        {
            ["type"] = "apiKey", ["in"] = "header", ["name"] = "Authorization",
            ["description"] = "WhatsSound key=NAME,time=MILLISECONDS,nonce=NONCE,signature=SIGNATURE: HMAC-SHA256 of the request with the secret of the key, in hexadecimal.",
        }),
    ];

    private static JsonObject PathsOf(IReadOnlyList<ApiRoute> routes)
    {
        var paths = new JsonObject();
        foreach (var path in routes.GroupBy(static route => route.Path, StringComparer.Ordinal))
            paths[path.Key] = new JsonObject(path.Select(static route => KeyValuePair.Create(route.Method.ToLowerInvariant(), (JsonNode?)OperationOf(route))));
        return paths;
    }

    private static JsonObject OperationOf(ApiRoute route)
    {
        var operation = new JsonObject
        {
            ["operationId"] = route.Request.Name,
            ["tags"] = new JsonArray(route.Path.Split('/')[2]),
            ["summary"] = route.Summary,
            ["description"] = route.Capability is { } word ? $"The token or key must allow `{word}`." : "Any token will do.",
            ["parameters"] = new JsonArray([.. route.Elsewhere.Select(field => ParameterOf(route, field))]),
        };
        if (route.HasBody)
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = JsonOf(FieldSchema.OfAll(route.Request.Takes.Except(route.Elsewhere))) };
        operation["responses"] = ResponsesOf(route);
        return operation;
    }

    private static JsonObject ParameterOf(ApiRoute route, RequestField field)
    {
        var isPath = route.PlaceOf(field) == FieldPlace.Path;
        return new JsonObject { ["name"] = field.Name, ["in"] = isPath ? "path" : "query", ["required"] = isPath || field.IsRequired, ["schema"] = FieldSchema.Of(field) };
    }

    private static JsonObject ResponsesOf(ApiRoute route)
    {
        var responses = new JsonObject { ["200"] = new JsonObject { ["description"] = "Carried out.", ["content"] = JsonOf(ReferenceTo(route.Request.ResultType)) } };
        foreach (var status in route.Statuses)
            responses[status.ToString(CultureInfo.InvariantCulture)] = new JsonObject { ["description"] = string.Join(", ", HttpRefusals.CodesOf(status)), ["content"] = JsonOf(ReferenceTo(WireJson.Default.Refusal)) };
        return responses;
    }

    private static JsonObject SchemasOf(IReadOnlyList<ApiRoute> routes) => new(routes
        .Select(static route => route.Request.ResultType)
        .Append(WireJson.Default.Refusal)
        .DistinctBy(static type => type.Type)
        .OrderBy(static type => type.Type.Name, StringComparer.Ordinal)
        .Select(static type => KeyValuePair.Create(type.Type.Name, (JsonNode?)ResultSchema.Of(type))));

    private static JsonObject ReferenceTo(JsonTypeInfo type) => new() { ["$ref"] = ResultSchema.AddressOf(type) };

    private static JsonObject JsonOf(JsonObject schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };
}
