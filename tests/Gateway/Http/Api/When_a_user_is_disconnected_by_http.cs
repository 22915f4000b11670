using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Http.Api;

public sealed class When_a_user_is_disconnected_by_http(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Should_end_their_connections_and_nobody_else_s()
    {
        var (user, other) = (api.Server.NewName("user"), api.Server.NewName("other"));
        await using var first = await api.Server.ConnectRawAsync(user);
        await using var second = await api.Server.ConnectRawAsync(user);
        await using var others = await api.Server.ConnectAsync(other);
        var token = api.Server.TokenOf(user);

        var answer = await api.PostAsync($"/v1/users/{user}/disconnect", Admin(), new { });

        Assert.Equal("", answer.Code);
        await Task.WhenAll(first.Ended, second.Ended);
        Assert.Equal("TOKEN_REVOKED", (await api.GetAsync("/v1/channels/news/history", token)).Code);
        Assert.Equal("", await others.CodeAsync("GetHistory", new { channel = "news" }));
        Assert.Contains(user, (await api.GetAsync("/v1/revocations", Admin())).Json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_take_back_one_token_alone()
    {
        var user = api.Server.NewName("user");
        var (one, another) = (api.Server.TokenOf(user), api.Server.TokenOf(user));

        Assert.Equal("", (await api.PostAsync("/v1/revocations", Admin(), new { kind = "token", value = IdOf(one) })).Code);

        while ((await api.GetAsync("/v1/channels/news/history", one)).Code != "TOKEN_REVOKED")
            await Task.Yield();
        Assert.Equal("", (await api.GetAsync("/v1/channels/news/history", another)).Code);
    }

    [Fact]
    public async Task Should_command_no_room_any_more_where_rooms_were_taken_from_them()
    {
        var user = api.Server.NewName("user");
        var (token, room) = (api.Server.TokenOf(user), api.Server.NewName("room"));

        Assert.Equal("", (await api.PostAsync("/v1/revocations", Admin(), new { kind = "user", value = user, channel = "room:*", issuedBeforeMs = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeMilliseconds() })).Code);

        while ((await api.GetAsync($"/v1/channels/room:{room}/history", token)).Code != "TOKEN_REVOKED")
            await Task.Yield();
        Assert.Equal("TOKEN_REVOKED", (await api.PostAsync($"/v1/rooms/{room}/commands/CreateRoom", token, new { commandId = "1", name = "Jazz" })).Code);
        Assert.Equal("", (await api.GetAsync("/v1/channels/news/history", token)).Code);
    }

    [Theory]
    [InlineData("""{"kind":"nobody","value":"x"}""", "kind")]
    [InlineData("""{"kind":"user"}""", "value")]
    [InlineData("""{"kind":"everybody","value":"x"}""", "value")]
    public async Task Should_refuse_what_is_about_nobody(string body, string detail)
    {
        var answer = await api.SendAsync("POST", "/v1/revocations", Admin(), body);

        Assert.Equal(("BAD_REQUEST", detail), (answer.Code, answer.Detail));
    }

    private static string IdOf(string token) =>
        System.Text.Json.JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]).AsMemory()).RootElement.GetProperty("jti").GetString()!;

    private string Admin() => api.Server.TokenOf("backend", capabilities: new Dictionary<string, string[]> { ["*"] = ["admin", "subscribe"] });
}
