using System.Net;
using System.Text;
using System.Text.Json;
using WhatsSound.Gateway.Http.Api;
using WhatsSound.Gateway.Http.Api.Requests;

namespace WhatsSound.Tests.Gateway.Http.Api;

/// <summary>Every route with every kind of bad input: a refusal with a code and its status, and nothing changed.</summary>
public sealed class When_a_route_gets_bad_input(ApiServer api) : IClassFixture<ApiServer>, IAsyncLifetime
{
    private string _before = "";
    private string _token = "";

    public static TheoryData<string> Routes => [.. ApiRoutes.All.Select(ApiRoutes.NameOf)];

    public static TheoryData<string> RoutesWithBody => [.. ApiRoutes.All.Where(static route => route.HasBody).Select(ApiRoutes.NameOf)];

    public static TheoryData<string> RoutesThatTakeARight => [.. ApiRoutes.All.Where(static route => route.Capability is not null).Select(ApiRoutes.NameOf)];

    public async ValueTask InitializeAsync()
    {
        _token = api.Server.TokenOf("somebody", capabilities: new Dictionary<string, string[]> { ["*"] = ["subscribe", "publish", "presence", "admin"] });
        _before = await api.HeadAsync(ApiRoutes.Channel);
    }

    /// <summary>Whatever was asked: nothing was published, set or taken back, and no room was made.</summary>
    public async ValueTask DisposeAsync()
    {
        Assert.Equal(_before, await api.HeadAsync(ApiRoutes.Channel));
        Assert.DoesNotContain("cluster", (await api.GetAsync("/v1/rules", _token)).Json.GetRawText(), StringComparison.Ordinal);
        Assert.Empty((await api.GetAsync("/v1/revocations", _token)).Json.GetProperty("revocations").EnumerateArray());
        Assert.Equal("ROOM_NOT_FOUND", (await api.GetAsync("/v1/rooms/room-of-bad-input", _token)).Code);
    }

    [Theory]
    [MemberData(nameof(RoutesWithBody))]
    public async Task Should_refuse_a_body_that_is_no_json_object(string name)
    {
        var route = ApiRoutes.Find(name);
        var (target, proper) = ApiRoutes.RequestOf(route, ApiRoutes.ProperOf(route));
        byte[][] bodies =
        [
            [], .. ((string[])["x", "[]", "null", "1", "\"x\"", "{", $"{proper} {{}}", $"[{proper}]", $$"""{"x":{{new string('[', 100)}}{{new string(']', 100)}}}""", """{"\ud800":1}"""]).Select(Encoding.UTF8.GetBytes),
            [.. "{\"x\":\""u8, 0xff, .. "\"}"u8],
        ];
        foreach (var body in bodies)
        {
            var answer = await api.SendAsync(route.Method, target, _token, body);
            Assert.True((HttpStatusCode.BadRequest, "BAD_REQUEST", "body") == (answer.Status, answer.Code, answer.Detail), $"{Encoding.UTF8.GetString(body)}: {answer.Json}");
        }

        Assert.Equal("BAD_REQUEST", (await api.SendAsync(route.Method, target, _token, (byte[]?)null)).Code);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Should_refuse_a_body_that_is_too_large(string name)
    {
        var route = ApiRoutes.Find(name);
        var (target, _) = ApiRoutes.RequestOf(route, ApiRoutes.ProperOf(route));
        var bytesMax = route.HasBody ? route.BytesMaxOf(new ApiOptions()) : 0;

        var answer = await api.SendAsync(route.Method, target, _token, $$"""{"x":"{{new string('x', bytesMax)}}"}""");

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE"), (answer.Status, answer.Code));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Should_refuse_each_field_that_is_missing_or_wrong_and_name_it(string name)
    {
        var route = ApiRoutes.Find(name);
        var proper = ApiRoutes.ProperOf(route);
        foreach (var field in route.Request.Takes)
        {
            var place = route.PlaceOf(field);
            foreach (var wrong in ApiRoutes.WrongValuesOf(route, field))
                await AssertWrongAsync(route, new(proper) { [field.Name] = JsonDocument.Parse(wrong).RootElement }, field.Name);
            if (!field.IsRequired || place == FieldPlace.Path)
                continue;
            await AssertWrongAsync(route, proper.Where(one => one.Key != field.Name).ToDictionary(), field.Name);
            if (place == FieldPlace.Body)
                await AssertWrongAsync(route, new(proper) { [field.Name] = JsonDocument.Parse("null").RootElement }, field.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Should_refuse_a_place_in_its_path_that_there_cannot_be(string name)
    {
        var route = ApiRoutes.Find(name);
        var proper = ApiRoutes.ProperOf(route);
        foreach (var field in route.Elsewhere.Where(field => route.PlaceOf(field) == FieldPlace.Path))
        {
            var (target, body) = ApiRoutes.RequestOf(route, proper);
            var segment = Uri.EscapeDataString(proper[field.Name].ToString());
            // What a user is called is for whoever signs for them to say.
            foreach (var wrong in (string[])["%FF", "%C3%28", new string('x', 300), .. field.Name == "ofUserId" ? Array.Empty<string>() : ["%3Ax%20", "%20"]])
            {
                var answer = await api.SendAsync(route.Method, target.Replace($"/{segment}", $"/{wrong}", StringComparison.Ordinal), _token, body);
                Assert.True((HttpStatusCode.BadRequest, "BAD_REQUEST", field.Name) == (answer.Status, answer.Code, answer.Detail), $"{wrong}: {answer.Json}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Should_refuse_another_method(string name)
    {
        var route = ApiRoutes.Find(name);
        var (target, body) = ApiRoutes.RequestOf(route, ApiRoutes.ProperOf(route));
        var taken = ApiRoutes.All.Where(other => other.Path == route.Path).Select(static other => other.Method).ToList();
        foreach (var method in new[] { "GET", "POST", "PUT", "DELETE", "PATCH" }.Except(taken))
        {
            var answer = await api.SendAsync(method, target, _token, method == "GET" ? null : body ?? "{}");
            Assert.Equal((HttpStatusCode.MethodNotAllowed, "UNKNOWN_METHOD", string.Join(", ", taken)), (answer.Status, answer.Code, answer.Headers["Allow"]));
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Should_refuse_whoever_shows_nothing_that_counts(string name)
    {
        var route = ApiRoutes.Find(name);
        var (target, body) = ApiRoutes.RequestOf(route, ApiRoutes.ProperOf(route));

        await AssertAsync("UNAUTHENTICATED", null);
        await AssertAsync("UNAUTHENTICATED", null, ("Authorization", "Digest x"));
        await AssertAsync("UNAUTHENTICATED", null, ("Authorization", "x"));
        await AssertAsync("TOKEN_INVALID", "x");
        await AssertAsync("TOKEN_INVALID", $"{_token}x");
        await AssertAsync("TOKEN_EXPIRED", api.Server.TokenOf("ada", TimeSpan.FromHours(-1)));

        async Task AssertAsync(string code, string? token, params (string, string)[] headers)
        {
            var answer = await api.SendAsync(route.Method, target, token, body, headers);
            Assert.Equal((HttpStatusCode.Unauthorized, code), (answer.Status, answer.Code));
            Assert.True(answer.Headers.ContainsKey("WWW-Authenticate"));
        }
    }

    [Theory]
    [MemberData(nameof(RoutesThatTakeARight))]
    public async Task Should_refuse_a_token_that_does_not_allow_it(string name)
    {
        var route = ApiRoutes.Find(name);
        var (target, body) = ApiRoutes.RequestOf(route, ApiRoutes.ProperOf(route));

        var answer = await api.SendAsync(route.Method, target, api.Server.TokenOf("ada", capabilities: new Dictionary<string, string[]> { ["other"] = ["subscribe", "publish", "presence"] }), body);

        var code = route.IsBatch ? answer.Json.GetProperty("answers")[0].GetProperty("error").GetProperty("code").GetString() : answer.Code;
        Assert.Equal((route.IsBatch ? HttpStatusCode.OK : HttpStatusCode.Forbidden, "FORBIDDEN"), (answer.Status, code));
    }

    [Theory]
    [MemberData(nameof(RoutesWithBody))]
    public async Task Should_refuse_a_forged_user_id(string name)
    {
        var route = ApiRoutes.Find(name);
        var proper = ApiRoutes.ProperOf(route);
        foreach (var userId in (string[])["\"somebody else\"", "null", "1", "\"\\ud800\""])
        {
            var (target, body) = ApiRoutes.RequestOf(route, proper);
            var answer = await api.SendAsync(route.Method, target, _token, body == "{}" ? $$"""{"userId":{{userId}}}""" : $$"""{{body![..^1]}},"userId":{{userId}}}""");
            Assert.Equal((HttpStatusCode.Forbidden, "FORBIDDEN", "userId"), (answer.Status, answer.Code, answer.Detail));
        }
    }

    [Theory]
    [InlineData("/v1")]
    [InlineData("/v1/")]
    [InlineData("/v1/nothing")]
    [InlineData("/v1/channels/news")]
    [InlineData("/v1/rooms/jazz/commands/JoinRoom")]
    [InlineData("/v1/rooms/jazz/commands/NoSuchCommand")]
    public async Task Should_refuse_an_address_that_is_not_there(string target)
    {
        foreach (var method in (string[])["GET", "POST", "DELETE"])
        {
            var answer = await api.SendAsync(method, target, _token, method == "GET" ? null : "{}");
            Assert.Equal((HttpStatusCode.NotFound, "UNKNOWN_METHOD"), (answer.Status, answer.Code));
        }
    }

    private async Task AssertWrongAsync(ApiRoute route, Dictionary<string, JsonElement> fields, string field)
    {
        var (target, body) = ApiRoutes.RequestOf(route, fields);
        var answer = await api.SendAsync(route.Method, target, _token, body);
        Assert.True((HttpStatusCode.BadRequest, "BAD_REQUEST") == (answer.Status, answer.Code), $"{route.Path} {field} {target} {body}: {answer.Json}");
        Assert.StartsWith(field, answer.Detail, StringComparison.Ordinal);
    }
}
