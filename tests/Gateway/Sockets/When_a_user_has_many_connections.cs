namespace WhatsSound.Tests.Gateway.Sockets;

public sealed class When_a_user_has_many_connections(RunningServer server)
{
    [Fact]
    public async Task Should_let_the_newest_in_and_end_for_good_the_one_heard_of_least_recently()
    {
        var user = server.NewName("user");
        var clients = new List<HubClient>();
        for (var i = 0; i < 10; i++)
            clients.Add(await AskAsync(await server.ConnectAsync(user)));

        await using var newest = await server.ConnectAsync(user);
        Assert.Equal("", await newest.CodeAsync("Subscribe", new { channel = "news" }));

        var closing = await clients[0].EventAsync("closing");
        Assert.Equal("CONNECTION_LIMIT", closing.GetProperty("code").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, closing.GetProperty("reconnectAfterMs").ValueKind);
        await clients[0].Ended;
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    private static async Task<HubClient> AskAsync(HubClient client)
    {
        Assert.Equal("", await client.CodeAsync("Subscribe", new { channel = "news" }));
        return client;
    }
}
