using System.Net;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Http.Api;

/// <summary>A server of the app asks with its key, and nobody can send what it has sent once more.</summary>
public sealed class When_a_server_signs_its_requests(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Should_publish_once_by_each_signature_and_id()
    {
        var (channel, timeMs) = ($"news:{api.Server.NewName("today")}", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        await using var client = await api.Server.ConnectAsync();
        await client.ResultAsync("Subscribe", new { channel });
        var target = $"/v1/channels/{channel}/publications";

        var first = await api.SignAndSendAsync(target, """{"id":"1","data":"signed"}""", "nonce-0001", timeMs);
        var replayed = await api.SignAndSendAsync(target, """{"id":"1","data":"signed"}""", "nonce-0001", timeMs);
        var anew = await api.SignAndSendAsync(target, """{"id":"1","data":"signed"}""", "nonce-0002", timeMs);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized, "REPLAYED"), (first.Status, replayed.Status, replayed.Code));
        Assert.Equal(first.Json.GetRawText(), anew.Json.GetRawText());
        var publication = Assert.Single(await client.PublicationsAsync(channel, upTo: 1));
        Assert.Equal(("backend", "server"), (publication.GetProperty("publisher").GetString(), publication.GetProperty("publisherKind").GetString()));
    }

    [Fact]
    public async Task Should_refuse_a_body_that_was_changed_on_its_way()
    {
        var channel = $"news:{api.Server.NewName("today")}";
        var signed = Identity.Keys.Sign(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), nonce: "nonce-0003", target: $"/v1/channels/{channel}/publications", body: """{"id":"1","data":1}""");

        var answer = await api.SendAsync(
            "POST", signed.Target, null, """{"id":"1","data":2}""", ("Authorization", $"WhatsSound key={signed.KeyName},time={signed.TimeMs},nonce={signed.Nonce},signature={signed.Signature}"));

        Assert.Equal((HttpStatusCode.Unauthorized, "SIGNATURE_INVALID"), (answer.Status, answer.Code));
        Assert.Contains("\"offset\":0", await api.HeadAsync(channel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_issue_tokens_for_what_its_key_allows()
    {
        var given = await api.SignAndSendAsync("/v1/tokens", """{"ofUserId":"ada","lifetimeMs":60000,"capabilities":{"news:*":["subscribe"]}}""", "nonce-0004");
        var wider = await api.SignAndSendAsync("/v1/tokens", """{"ofUserId":"ada","lifetimeMs":60000,"capabilities":{"sport:*":["subscribe"]}}""", "nonce-0005");

        Assert.Equal("", given.Code);
        Assert.Equal("", (await api.GetAsync("/v1/channels/news:today/history", given.Json.GetProperty("token").GetString()!)).Code);
        Assert.Equal((HttpStatusCode.Forbidden, "FORBIDDEN"), (wider.Status, wider.Code));
    }

    [Fact]
    public async Task Should_not_act_as_a_user_in_a_room()
    {
        var answer = await api.SignAndSendAsync("/v1/rooms/jazz/commands/SendChat", """{"commandId":"1","text":"hi"}""", "nonce-0006");

        Assert.Equal((HttpStatusCode.Unauthorized, "UNAUTHENTICATED"), (answer.Status, answer.Code));
    }
}
