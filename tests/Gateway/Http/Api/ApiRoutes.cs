using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Http.Api;
using WhatsSound.Gateway.Http.Api.Requests;
using WhatsSound.Gateway.Requests;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Http.Api;

/// <summary>The routes of the API, and a proper request of each: of a channel that somebody has, or a room that nobody has, so that its form is judged before anything else.</summary>
internal static class ApiRoutes
{
    public const string Channel = "bad:input";

    /// <summary>Of requests that connections do not make.</summary>
    private static readonly Dictionary<string, string> Own = new()
    {
        ["PublishBatch"] = $$"""{"publications":[{"channel":"{{Channel}}","id":"1","data":1}]}""",
        ["IssueToken"] = """{"ofUserId":"ada","lifetimeMs":60000,"capabilities":{"news:*":["subscribe"]}}""",
        ["GetRules"] = "{}",
        ["SetRule"] = """{"pattern":"no:where","rule":{"historyCountMax":7}}""",
        ["RemoveRule"] = $$"""{"pattern":"{{Channel}}"}""",
        ["GetRevocations"] = """{"after":1}""",
        ["Revoke"] = """{"kind":"user","value":"nobody","channel":"no:one"}""",
        ["RemoveRevocation"] = """{"number":1}""",
        ["DisconnectUser"] = """{"ofUserId":"nobody"}""",
        ["GetRoom"] = """{"roomId":"no-such-room"}""",
    };

    public static IReadOnlyList<ApiRoute> All { get; } = new ApiCatalogue(new PublicationBatch(failures: null!), new TokenDesk(issuer: null!, Options.Create(new ApiOptions()), TimeProvider.System), new RuleDesk(control: null!), new RevocationDesk(control: null!)).All;

    public static ApiRoute Find(string name) => All.Single(route => NameOf(route) == name);

    /// <summary>As tests call it.</summary>
    public static string NameOf(ApiRoute route) => $"{route.Method} {route.Path}";

    /// <summary>The fields of its proper request.</summary>
    public static Dictionary<string, JsonElement> ProperOf(ApiRoute route) =>
        FieldsOf((Own.GetValueOrDefault(route.Request.Name) ?? When_input_is_bad.Proper[route.Request.Name]).Replace("no:where", Channel, StringComparison.Ordinal));

    /// <summary>Path and query of a request with these fields, and its body.</summary>
    public static (string Target, string? Body) RequestOf(ApiRoute route, IReadOnlyDictionary<string, JsonElement> fields)
    {
        var (path, query, body) = (route.Path, new List<string>(), new Dictionary<string, JsonElement>());
        foreach (var (name, value) in fields)
        {
            switch (route.PlaceOf(route.Request.Takes.SingleOrDefault(field => field.Name == name) ?? new RequestField(name, FieldKind.Text, IsRequired: false)))
            {
                case FieldPlace.Path:
                    path = path.Replace($"{{{name}}}", Uri.EscapeDataString(TextOf(value)), StringComparison.Ordinal);
                    break;
                case FieldPlace.Query:
                    query.AddRange((value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToList() : [value]).Select(one => $"{name}={Uri.EscapeDataString(TextOf(one))}"));
                    break;
                default:
                    body[name] = value;
                    break;
            }
        }

        return (query.Count == 0 ? path : $"{path}?{string.Join('&', query)}", route.HasBody ? JsonSerializer.Serialize(body) : null);
    }

    /// <summary>What is not what the field takes, or beyond its bounds.</summary>
    public static IEnumerable<string> WrongValuesOf(ApiRoute route, RequestField field) => field.Kind switch
    {
        // In path and query everything is text.
        FieldKind.Text when route.PlaceOf(field) == FieldPlace.Body => ["1", "{}", "true", .. LongTextOf(field)],
        FieldKind.Text => LongTextOf(field),
        FieldKind.Integer => ["\"x\"", "1.5", "true", "99999999999999999999", .. NumbersAround(field)],
        FieldKind.Flag => ["\"x\"", "1"],
        FieldKind.Object or FieldKind.Texts => ["1", "\"x\"", "[]", $$"""{"a":"{{new string('x', (int)Math.Max(field.Max ?? 0, 5_000))}}"}"""],
        FieldKind.TextList when route.PlaceOf(field) == FieldPlace.Body => ["1", "\"x\"", "[1]", ListOf(field.Max!.Value + 1)],
        FieldKind.TextList => [ListOf(field.Max!.Value + 1)],
        FieldKind.List => ["1", "{}", .. field.Min > 0 ? ["[]"] : Array.Empty<string>()],
        _ => [],
    };

    private static string ListOf(long count) => $"[{string.Join(',', Enumerable.Repeat("\"x\"", (int)count))}]";

    private static IEnumerable<string> LongTextOf(RequestField field) => field.Max < 5_000 ? [$"\"{new string('x', (int)(4 * field.Max.Value) + 1)}\""] : [];

    private static IEnumerable<string> NumbersAround(RequestField field)
    {
        if (field.Min > long.MinValue)
            yield return (field.Min.Value - 1).ToString(CultureInfo.InvariantCulture);
        if (field.Max < long.MaxValue)
            yield return (field.Max.Value + 1).ToString(CultureInfo.InvariantCulture);
    }

    private static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static Dictionary<string, JsonElement> FieldsOf(string json) => JsonDocument.Parse(json).RootElement.EnumerateObject().ToDictionary(static one => one.Name, static one => one.Value);
}
