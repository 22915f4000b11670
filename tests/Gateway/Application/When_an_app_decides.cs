using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WhatsSound.Tests.Gateway.Doubles;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Application;

/// <summary>An app's own server, asked by the whole program about what a client does.</summary>
public sealed class When_an_app_decides : IAsyncLifetime
{
    private AppServer _app = null!;
    private RunningServer _server = null!;

    [Fact]
    public async Task Should_publish_what_the_app_makes_of_it()
    {
        _app.Answer = static (question, context) => AppServer.SayAsync(context, CallOf(question) == "publish" ? """{"data":{"said":"other"}}""" : "{}");
        await using var client = await _server.ConnectAsync("ada");
        await client.ResultAsync("Subscribe", new { channel = "chat:1" });

        await client.ResultAsync("Publish", new { channel = "chat:1", id = "p1", @event = "said", data = new { said = "this" } });

        Assert.Equal("""{"said":"other"}""", (await LastOfAsync(client)).GetProperty("data").GetRawText());
        var asked = Assert.Single(_app.Questions, static question => CallOf(question) == "publish");
        Assert.Equal(("ada", "chat:1", "p1", "said", "{\"said\":\"this\"}"), (TextOf(asked, "userId"), TextOf(asked, "channel"), TextOf(asked, "id"), TextOf(asked, "event"), asked.GetProperty("data").GetRawText()));
    }

    [Fact]
    public async Task Should_refuse_with_the_app_s_reason_and_do_nothing()
    {
        await using var before = await AttachAsync("ada");
        await before.ResultAsync("Publish", new { channel = "chat:1", id = "p1", @event = "said", data = 1 });
        _app.Answer = static (question, context) => AppServer.SayAsync(context, CallOf(question) == "connect" ? "{}" : $$"""{"refused":"Not on a Sunday.{{new string('!', 500)}}"}""");
        await using var client = await _server.ConnectAsync("bob");

        foreach (var (method, request) in Requests())
        {
            var error = (await client.CallAsync(method, request)).GetProperty("error");
            Assert.Equal("HOOK_REFUSED", TextOf(error, "code"));
            Assert.StartsWith("Not on a Sunday.", TextOf(error, "message"), StringComparison.Ordinal);
            Assert.Equal(200, TextOf(error, "message")!.Length);
        }

        Assert.Equal(1, (await LastOfAsync(before)).GetProperty("offset").GetInt64());
        Assert.Equal("NOT_SUBSCRIBED", TextOf((await client.CallAsync("Unsubscribe", new { channel = "chat:1" })).GetProperty("error"), "code"));
    }

    [Fact]
    public async Task Should_refuse_and_do_nothing_where_the_app_does_not_answer()
    {
        await using var before = await AttachAsync("ada");
        await before.ResultAsync("Publish", new { channel = "chat:1", id = "p1", @event = "said", data = 1 });
        _app.Answer = static (question, context) => AppServer.SayAsync(context, "{}", CallOf(question) == "connect" ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError);
        await using var client = await _server.ConnectAsync("bob");

        foreach (var (method, request) in Requests())
        {
            var error = (await client.CallAsync(method, request)).GetProperty("error");
            Assert.Equal(("HOOK_UNAVAILABLE", true), (TextOf(error, "code"), error.GetProperty("retryable").GetBoolean()));
        }

        Assert.Equal(1, (await LastOfAsync(before)).GetProperty("offset").GetInt64());
        Assert.Equal("NOT_SUBSCRIBED", TextOf((await client.CallAsync("Unsubscribe", new { channel = "chat:1" })).GetProperty("error"), "code"));
    }

    [Fact]
    public async Task Should_let_nobody_read_whom_the_app_does_not_let_subscribe()
    {
        _app.Answer = static (question, context) => AppServer.SayAsync(context, CallOf(question) == "subscribe" && TextOf(question, "userId") == "bob" ? """{"refused":"Not you."}""" : "{}");
        await using var ada = await _server.ConnectAsync("ada");
        await using var bob = await _server.ConnectAsync("bob");
        foreach (var method in new[] { "GetHistory", "GetOccupancy" })
        {
            await ada.ResultAsync(method, new { channel = "chat:1" });
            Assert.Equal("HOOK_REFUSED", TextOf((await bob.CallAsync(method, new { channel = "chat:1" })).GetProperty("error"), "code"));
        }

        Assert.Single(_app.Questions, static question => CallOf(question) == "subscribe" && TextOf(question, "userId") == "ada");
    }

    [Fact]
    public async Task Should_answer_a_call_as_the_app_does()
    {
        _app.Answer = static (question, context) => AppServer.SayAsync(context, CallOf(question) == "call" ? $$"""{"data":[{{question.GetProperty("data").GetRawText()}},"{{TextOf(question, "name")}}"]}""" : "{}");
        await using var client = await _server.ConnectAsync("ada");

        var answer = await client.ResultAsync("Call", new { name = "price", data = new { of = "tea" } });

        Assert.Equal("""[{"of":"tea"},"price"]""", answer.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task Should_let_nobody_connect_whom_the_app_refuses_and_narrow_whom_it_does_not()
    {
        _app.Answer = static (question, context) => AppServer.SayAsync(context, TextOf(question, "userId") == "eve" ? """{"refused":"Not you."}""" : """{"displayName":"Ada L.","capabilities":{"chat:1":["subscribe"]}}""");
        await using var eve = await _server.ConnectAsync("eve");
        await using var ada = await _server.ConnectAsync("ada");

        Assert.Equal("HOOK_REFUSED", TextOf((await eve.CallAsync("Subscribe", new { channel = "chat:1" })).GetProperty("error"), "code"));
        await ada.ResultAsync("Subscribe", new { channel = "chat:1" });
        Assert.Equal("FORBIDDEN", TextOf((await ada.CallAsync("Subscribe", new { channel = "chat:2" })).GetProperty("error"), "code"));
        Assert.Equal("Ada L.", TextOf(await ada.ResultAsync("Authenticate", new { token = _server.TokenOf("ada") }), "displayName"));
    }

    public async ValueTask InitializeAsync()
    {
        _app = await AppServer.StartAsync();
        _server = await RunningServer.StartAsync([.. _app.Settings("Connect", "Subscribe", "Publish", "Call"), "--Application:Timeout=00:00:06"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _app.DisposeAsync();
    }

    private async Task<HubClient> AttachAsync(string userId)
    {
        var client = await _server.ConnectAsync(userId);
        await client.ResultAsync("Subscribe", new { channel = "chat:1" });
        return client;
    }

    private static (string Method, object Request)[] Requests() =>
    [
        ("Subscribe", new { channel = "chat:1" }),
        ("Publish", new { channel = "chat:1", id = "p2", @event = "said", data = 2 }),
        ("Call", new { name = "price", data = 1 }),
    ];

    private static async Task<JsonElement> LastOfAsync(HubClient client) =>
        (await client.ResultAsync("GetHistory", new { channel = "chat:1", max = 1 })).GetProperty("publications").EnumerateArray().Last();

    private static string? CallOf(JsonElement question) => TextOf(question, "call");

    private static string? TextOf(JsonElement element, string name) => element.GetProperty(name).GetString();
}
