using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using WhatsSound.Gateway.Http;
using WhatsSound.Gateway.Http.Api;
using WhatsSound.Gateway.Requests;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Http.Api;

/// <summary>Holds OpenAPI, the page that shows it and docs/api.md to the catalogue, both ways.</summary>
public sealed partial class When_the_api_is_described(RunningServer server) : IAsyncLifetime
{
    private readonly HttpClient _http = new() { BaseAddress = server.Address };
    private JsonElement _document;

    public static TheoryData<string> Routes => [.. ApiRoutes.All.Select(ApiRoutes.NameOf)];

    public async ValueTask InitializeAsync() => _document = JsonDocument.Parse(await _http.GetStringAsync("/openapi.json")).RootElement;

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Should_have_every_route_and_no_other()
    {
        var described = _document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(method => $"{method.Name.ToUpperInvariant()} {path.Name}"));

        Assert.Equal("3.1.0", _document.GetProperty("openapi").GetString());
        Assert.Equal(ApiRoutes.All.Select(ApiRoutes.NameOf).Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        Assert.Equal(ApiRoutes.All.Count, Operations().Select(static operation => operation.GetProperty("operationId").GetString()).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void Should_have_each_field_where_it_stands_with_its_bounds(string name)
    {
        var route = ApiRoutes.Find(name);
        var operation = OperationOf(route);
        var parameters = operation.GetProperty("parameters").EnumerateArray().ToDictionary(static one => one.GetProperty("name").GetString()!);
        var body = route.HasBody ? operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("schema") : default;

        foreach (var field in route.Request.Takes)
        {
            var place = route.PlaceOf(field);
            var schema = place == FieldPlace.Body ? body.GetProperty("properties").GetProperty(field.Name) : parameters[field.Name].GetProperty("schema");
            if (place != FieldPlace.Body)
                Assert.Equal((place == FieldPlace.Path ? "path" : "query", place == FieldPlace.Path || field.IsRequired), (parameters[field.Name].GetProperty("in").GetString(), parameters[field.Name].GetProperty("required").GetBoolean()));
            else if (field.IsRequired)
                Assert.Contains(field.Name, body.GetProperty("required").EnumerateArray().Select(static one => one.GetString()));
            if (field is { Kind: FieldKind.Integer, Max: < long.MaxValue and not int.MaxValue })
                Assert.Equal(field.Max, schema.GetProperty("maximum").GetInt64());
            if (field is { Kind: FieldKind.Text, Max: { } max and < int.MaxValue })
                Assert.Equal(max, schema.GetProperty("maxLength").GetInt64());
        }

        Assert.Equal(route.Request.Takes.Count, parameters.Count + (route.HasBody ? body.GetProperty("properties").EnumerateObject().Count() : 0));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public void Should_say_what_each_is_answered_with(string name)
    {
        var responses = OperationOf(ApiRoutes.Find(name)).GetProperty("responses");

        Assert.All(responses.EnumerateObject(), response =>
        {
            var at = response.Value.GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("$ref").GetString()!;
            Assert.True(_document.GetProperty("components").GetProperty("schemas").TryGetProperty(at.Split('/')[^1], out _), at);
        });
        Assert.Equal(ApiRoutes.Find(name).Statuses.Prepend(200).Order(), responses.EnumerateObject().Select(static response => int.Parse(response.Name, System.Globalization.CultureInfo.InvariantCulture)).Order());
    }

    [Fact]
    public void Should_say_each_way_to_show_who_asks()
    {
        var schemes = _document.GetProperty("components").GetProperty("securitySchemes").EnumerateObject().ToDictionary(static scheme => scheme.Name, static scheme => scheme.Value);

        Assert.Equal(["bearer", "key", "signature"], schemes.Keys);
        Assert.Equal(schemes.Keys, _document.GetProperty("security").EnumerateArray().Select(static one => Assert.Single(one.EnumerateObject().ToList()).Name));
        Assert.Equal(("http", "bearer"), (schemes["bearer"].GetProperty("type").GetString(), schemes["bearer"].GetProperty("scheme").GetString()));
        Assert.Equal(("http", "basic"), (schemes["key"].GetProperty("type").GetString(), schemes["key"].GetProperty("scheme").GetString()));
        Assert.Equal(("apiKey", "header", "Authorization"), (schemes["signature"].GetProperty("type").GetString(), schemes["signature"].GetProperty("in").GetString(), schemes["signature"].GetProperty("name").GetString()));
    }

    [Fact]
    public void Should_refer_to_nothing_that_is_not_there()
    {
        var references = Reference().Matches(_document.GetRawText()).Select(static match => match.Groups["at"].Value).Distinct().ToList();

        Assert.NotEmpty(references);
        Assert.All(references, at => Assert.True(Exists(at), at));
    }

    [Fact]
    public void Should_have_a_status_for_every_code() =>
        Assert.All(typeof(RefusalCode).GetFields().Select(static code => (string)code.GetRawConstantValue()!), static code => Assert.True(HttpRefusals.Knows(code), code));

    [Fact]
    public async Task Should_be_shown_by_a_page_that_takes_everything_from_this_server()
    {
        using var answer = await _http.GetAsync("/api/");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal((HttpStatusCode.OK, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        var nonce = Nonce().Match(policy).Groups["nonce"].Value;
        var scripts = Script().Matches(page);
        Assert.True(scripts.Count >= 2, page);
        Assert.All(scripts, script => Assert.Contains($"nonce=\"{nonce}\"", script.Value, StringComparison.Ordinal));
        Assert.Contains("openapi.json", page, StringComparison.Ordinal);
        Assert.All(Source().Matches(page), static source => Assert.DoesNotContain("//", source.Groups["at"].Value, StringComparison.Ordinal));
        foreach (Match source in Source().Matches(page))
        {
            using var asset = await _http.GetAsync(new Uri(new Uri(server.Address, "/api/"), source.Groups["at"].Value));
            Assert.Equal((HttpStatusCode.OK, "text/javascript"), (asset.StatusCode, asset.Content.Headers.ContentType?.MediaType));
        }
    }

    [Fact]
    public async Task Should_not_loosen_what_other_pages_are_told()
    {
        using var answer = await _http.GetAsync("/openapi.json");

        Assert.Contains("style-src 'self';", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal(new MediaTypeHeaderValue("application/json"), answer.Content.Headers.ContentType);
    }

    [Fact]
    public void Should_name_every_route_in_the_docs_and_no_other()
    {
        var own = ApiRoutes.All.Where(static route => !route.Path.Contains("/commands/", StringComparison.Ordinal)).Select(ApiRoutes.NameOf).Append("POST /v1/rooms/{roomId}/commands/{name}");

        Assert.Equal(own.Order(StringComparer.Ordinal), Row().Matches(Page()).Select(static match => match.Groups["route"].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_name_every_command_in_the_docs_and_no_other()
    {
        var section = Page().Split("### Commands of rooms\n")[1].Split("\n#")[0];

        Assert.Equal(
            ApiRoutes.All.Where(static route => route.Path.Contains("/commands/", StringComparison.Ordinal)).Select(static route => route.Request.Name).Order(StringComparer.Ordinal),
            Code().Matches(section).Select(static match => match.Groups["name"].Value).Where(static name => char.IsUpper(name[0]) && name.Any(char.IsLower)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_name_every_status_in_the_docs_with_its_codes()
    {
        var described = StatusRow().Matches(Page()).ToDictionary(static match => int.Parse(match.Groups["status"].Value, System.Globalization.CultureInfo.InvariantCulture), static match => Code().Matches(match.Groups["codes"].Value).Select(static code => code.Groups["name"].Value).Order(StringComparer.Ordinal));
        var codes = typeof(RefusalCode).GetFields().Select(static code => (string)code.GetRawConstantValue()!).GroupBy(HttpRefusals.StatusOf);

        Assert.Equal(codes.OrderBy(static group => group.Key).Select(static group => (group.Key, string.Join(' ', group.Order(StringComparer.Ordinal)))), described.OrderBy(static one => one.Key).Select(static one => (one.Key, string.Join(' ', one.Value))));
    }

    private IEnumerable<JsonElement> Operations() => _document.GetProperty("paths").EnumerateObject().SelectMany(static path => path.Value.EnumerateObject().Select(static method => method.Value));

    private JsonElement OperationOf(ApiRoute route) => _document.GetProperty("paths").GetProperty(route.Path).GetProperty(route.Method.ToLowerInvariant());

    private bool Exists(string reference)
    {
        var at = _document;
        foreach (var part in reference.Split('/')[1..].Select(static part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)))
        {
            if (at.ValueKind == JsonValueKind.Array ? !int.TryParse(part, out var index) || index >= at.GetArrayLength() : !at.TryGetProperty(part, out _))
                return false;
            at = at.ValueKind == JsonValueKind.Array ? at[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : at.GetProperty(part);
        }

        return true;
    }

    private static string Page([CallerFilePath] string test = "") => File.ReadAllText(Path.Combine(Path.GetDirectoryName(test)!, "../../../../docs/api.md"));

    [GeneratedRegex("\"\\$ref\": ?\"(?<at>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();

    [GeneratedRegex("'nonce-(?<nonce>[^']+)'", RegexOptions.ExplicitCapture)]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();

    [GeneratedRegex("(src|href)=\"(?<at>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Source();

    [GeneratedRegex(@"^\| `(?<route>(GET|POST|PUT|DELETE) /[^`]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| (?<status>[1-5][0-9][0-9]) \| (?<codes>[^|]+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex StatusRow();

    [GeneratedRegex("`(?<name>[A-Za-z_]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();
}
