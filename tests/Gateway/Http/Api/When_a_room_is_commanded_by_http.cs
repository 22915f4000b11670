using System.Net;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Http.Api;

/// <summary>Each command for the user of the token, by the same rules as over a connection.</summary>
public sealed class When_a_room_is_commanded_by_http(ApiServer api) : IClassFixture<ApiServer>
{
    private readonly RunningServer _server = api.Server;

    [Fact]
    public async Task Should_make_a_room_and_find_it()
    {
        var (owner, roomId) = (_server.NewName("owner"), _server.NewName("room"));

        var made = await CommandAsync(owner, roomId, "CreateRoom", new { commandId = "1", name = "Made by HTTP" });
        var again = await CommandAsync(owner, roomId, "CreateRoom", new { commandId = "1", name = "Made by HTTP" });
        var taken = await CommandAsync(_server.NewName("other"), roomId, "CreateRoom", new { commandId = "1", name = "Another" });

        Assert.Equal((HttpStatusCode.OK, made.Json.GetRawText()), (made.Status, again.Json.GetRawText()));
        Assert.Equal((HttpStatusCode.Conflict, "ROOM_NAME_TAKEN"), (taken.Status, taken.Code));
        Assert.Equal("", (await api.GetAsync("/v1/rooms?query=Made%20by&max=10", _server.TokenOf(owner))).Code);
    }

    [Fact]
    public async Task Should_act_for_a_member_who_is_there()
    {
        var (owner, roomId, client) = await JoinedAsync();
        await using (client)
        {
            var said = await CommandAsync(owner, roomId, "SendChat", new { commandId = "1", text = "by HTTP" });
            var again = await CommandAsync(owner, roomId, "SendChat", new { commandId = "1", text = "by HTTP" });
            var other = await CommandAsync(owner, roomId, "SendChat", new { commandId = "1", text = "something else" });
            var enqueued = await CommandAsync(owner, roomId, "Enqueue", new { commandId = "2", tracks = new[] { new { url = "https://songs.example/1.mp3", title = "One", durationMs = 60_000 } } });

            Assert.Equal(("", said.Json.GetRawText()), (said.Code, again.Json.GetRawText()));
            Assert.Equal((HttpStatusCode.Conflict, "CONFLICT"), (other.Status, other.Code));
            Assert.Equal("", enqueued.Code);
            Assert.Equal("by HTTP", Assert.Single(await client.PublicationsAsync($"room:{roomId}:chat", upTo: 1)).GetProperty("data").GetProperty("text").GetString());
            var read = await CommandAsync(owner, roomId, "GetChat", new { });
            Assert.Equal((await client.ResultAsync("GetChat", new { roomId })).GetRawText(), read.Json.GetRawText());
        }
    }

    [Fact]
    public async Task Should_show_the_room_to_a_member_alone()
    {
        var (owner, roomId, client) = await JoinedAsync();
        await using (client)
        {
            var shown = await api.GetAsync($"/v1/rooms/{roomId}", _server.TokenOf(owner));
            var stranger = await api.GetAsync($"/v1/rooms/{roomId}", _server.TokenOf(_server.NewName("stranger")));

            Assert.Equal((HttpStatusCode.OK, roomId), (shown.Status, shown.Json.GetProperty("roomId").GetString()));
            Assert.Equal((HttpStatusCode.Forbidden, "NOT_MEMBER"), (stranger.Status, stranger.Code));
        }
    }

    [Fact]
    public async Task Should_refuse_who_is_not_in_the_room_and_a_room_that_is_not_there()
    {
        var (_, roomId, client) = await JoinedAsync();
        await using (client)
        {
            var stranger = await CommandAsync(_server.NewName("stranger"), roomId, "SendChat", new { commandId = "1", text = "hi" });
            var nowhere = await CommandAsync("ada", "no-such-room", "SendChat", new { commandId = "1", text = "hi" });

            Assert.Equal((HttpStatusCode.Forbidden, "NOT_MEMBER"), (stranger.Status, stranger.Code));
            Assert.Equal((HttpStatusCode.NotFound, "ROOM_NOT_FOUND"), (nowhere.Status, nowhere.Code));
        }
    }

    [Fact]
    public async Task Should_not_let_a_room_s_channel_be_read_over_no_connection()
    {
        var (owner, roomId, client) = await JoinedAsync();
        await using (client)
        {
            var history = await api.GetAsync($"/v1/channels/room:{roomId}:chat/history", _server.TokenOf(owner));

            Assert.Equal((HttpStatusCode.Forbidden, "NOT_MEMBER"), (history.Status, history.Code));
        }
    }

    private async Task<(string Owner, string RoomId, HubClient Client)> JoinedAsync()
    {
        var owner = _server.NewName("owner");
        var client = await _server.ConnectAsync(owner);
        var roomId = await _server.CreateRoomAsync(client);
        await client.ResultAsync("JoinRoom", new { roomId, commandId = "join" });
        return (owner, roomId, client);
    }

    private Task<ApiAnswer> CommandAsync(string userId, string roomId, string command, object body) => api.PostAsync($"/v1/rooms/{roomId}/commands/{command}", _server.TokenOf(userId), body);
}
