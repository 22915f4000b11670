using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Sockets;

public sealed class When_guests_come_in(RunningServer server) : IDisposable
{
    private readonly HttpClient _http = new();

    [Fact]
    public async Task Should_share_a_room()
    {
        var ann = await GuestAsync("""{"name":"Ann"}""");
        var bob = await GuestAsync("""{"name":"Bob"}""");
        await using var owner = await HubClient.ConnectAsync(server.Address, ann.GetProperty("token").GetString()!);
        await using var listener = await HubClient.ConnectAsync(server.Address, bob.GetProperty("token").GetString()!);
        var roomId = await server.CreateRoomAsync(owner);
        await owner.ResultAsync("JoinRoom", new { roomId, commandId = "join" });

        var join = await listener.ResultAsync("JoinRoom", new { roomId, commandId = "join2" });
        await listener.ResultAsync("SendChat", new { roomId, commandId = "hi", text = "hi" });

        var members = join.GetProperty("snapshot").GetProperty("presence").GetProperty("members").EnumerateArray();
        Assert.Equal(["Ann", "Bob"], members.Select(member => member.GetProperty("displayName").GetString()));
        var said = (await owner.PublicationsAsync($"room:{roomId}:chat", 1))[0];
        Assert.Equal(bob.GetProperty("userId").GetString(), said.GetProperty("publisher").GetString());
    }

    [Fact]
    public async Task Should_be_the_same_with_the_secret()
    {
        var first = await GuestAsync("""{"name":"Ann"}""");

        var again = await GuestAsync(JsonSerializer.Serialize(new { name = "Ann", secret = first.GetProperty("secret").GetString() }));

        Assert.Equal(first.GetProperty("userId").GetString(), again.GetProperty("userId").GetString());
    }

    [Theory]
    [InlineData("""{"name":"Ann","secret":"guest-1.x"}""", "application/json", HttpStatusCode.Unauthorized, "TOKEN_INVALID")]
    [InlineData("""{"name":" "}""", "application/json", HttpStatusCode.BadRequest, "BAD_REQUEST")]
    [InlineData("""{"name":{"name":"Ann"}}""", "application/json", HttpStatusCode.BadRequest, "BAD_REQUEST")]
    [InlineData("""{"name":"Ann","secret":7}""", "application/json", HttpStatusCode.BadRequest, "BAD_REQUEST")]
    [InlineData("[]", "application/json", HttpStatusCode.BadRequest, "BAD_REQUEST")]
    [InlineData("{", "application/json", HttpStatusCode.BadRequest, "BAD_REQUEST")]
    [InlineData("""{"name":"Ann"}""", "text/plain", HttpStatusCode.BadRequest, "BAD_REQUEST")]
    public async Task Should_be_told_what_is_wrong(string body, string type, HttpStatusCode status, string code)
    {
        using var response = await AskAsync(body, type);
        var refusal = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        Assert.Equal((status, code), (response.StatusCode, refusal.GetProperty("code").GetString()));
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> GuestAsync(string body)
    {
        using var response = await AskAsync(body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl?.NoStore);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private Task<HttpResponseMessage> AskAsync(string body, string type = "application/json") =>
        _http.PostAsync(new Uri(server.Address, "/guest"), new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type)), TestContext.Current.CancellationToken);
}
