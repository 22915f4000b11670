using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>SignalR's own .NET client, with its MessagePack hub protocol, and nothing that knows this server.</summary>
public sealed class When_a_client_packs_its_messages(RunningServer server)
{
    private static readonly byte[] Sent = [0, 1, 254, 255];

    [Fact]
    public async Task Should_be_in_a_room()
    {
        await using var owner = await server.ConnectAsync();
        var roomId = await server.CreateRoomAsync(owner);
        await using var client = await ConnectAsync();

        var joined = await CallAsync(client, "JoinRoom", new() { ["roomId"] = roomId, ["commandId"] = "join" });

        Assert.Equal(true, joined["ok"]);
    }

    [Fact]
    public async Task Should_not_subscribe_from_two_places()
    {
        await using var client = await ConnectAsync();

        var answer = await CallAsync(client, "Subscribe", new() { ["channel"] = server.NewName("packed"), ["rewindCount"] = 5, ["rewindMs"] = 5 });

        var error = (Dictionary<object, object>)answer["error"];
        Assert.Equal(("BAD_REQUEST", "rewindMs"), (error["code"], error["detail"]));
    }

    [Fact]
    public async Task Should_get_bytes_as_the_bytes_that_were_published()
    {
        var channel = server.NewName("packed");
        await using var client = await ConnectAsync();
        var framed = new TaskCompletionSource<Dictionary<string, object>>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.On<Dictionary<string, object>>("frame", framed.SetResult);
        Assert.Equal(true, (await CallAsync(client, "Subscribe", new() { ["channel"] = channel }))["ok"]);

        var published = await CallAsync(
            client, "Publish", new() { ["channel"] = channel, ["id"] = "1", ["event"] = "said", ["data"] = Sent, ["encoding"] = "base64" });

        Assert.Equal(true, published["ok"]);
        var frame = await framed.Task;
        Assert.Equal(channel, frame["channel"]);
        var publication = (Dictionary<object, object>)((object[])frame["publications"])[0];
        Assert.Equal(Sent, publication["data"]);
        Assert.Equal("base64", publication["encoding"]);
    }

    [Fact]
    public async Task Should_be_refused_with_a_code()
    {
        await using var client = await ConnectAsync();

        var answer = await CallAsync(client, "NoSuchMethod", []);

        Assert.Equal("UNKNOWN_METHOD", ((Dictionary<object, object>)answer["error"])["code"]);
    }

    private static Task<Dictionary<string, object>> CallAsync(HubConnection client, string method, Dictionary<string, object> request) =>
        client.InvokeAsync<Dictionary<string, object>>(method, request);

    private async Task<HubConnection> ConnectAsync()
    {
        var token = server.TokenOf(server.NewName("user"));
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server.Address, "/hub"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(token))
            .AddMessagePackProtocol()
            .Build();
        await connection.StartAsync();
        return connection;
    }
}
