using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients;

public sealed class When_a_dotnet_clients_token_runs_out(ClientServer server) : IClassFixture<ClientServer>
{
    [Fact]
    public async Task Should_show_another_one_before_that_on_the_same_connection()
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        var asked = new Heard<bool>();
        await using var bob = server.Connect(via: proxy.Address, time: new FasterTime(10), token: _ =>
        {
            asked.Add(true);
            return Task.FromResult(server.Server.TokenOf("bob", TimeSpan.FromMinutes(1)));
        });
        await bob.StartAsync();
        var expiresAtMs = bob.Identity!.ExpiresAtMs;

        // Asked for is not shown yet, and shown is not answered.
        await asked.UntilAsync(all => all.Count == 2);
        await Eventually.BecomesTrueAsync(() => bob.Identity.ExpiresAtMs > expiresAtMs);

        Assert.Null((await bob.ListRoomsAsync()).Refusal);
        Assert.Single(proxy.Open.All);
    }

    [Fact]
    public async Task Should_tell_what_a_narrower_one_has_ended_and_keep_the_rest()
    {
        var (news, room) = (server.Server.NewName("news"), server.Server.NewName("room"));
        await using var ann = await server.ConnectLiveAsync();
        Assert.Null((await ann.CreateRoomAsync(room, new WhatsSound.Client.RoomSettings("The den"))).Refusal);
        var tokens = new Queue<string>(
        [
            server.Server.TokenOf("bob", TimeSpan.FromMinutes(1)),
            server.Server.TokenOf("bob", capabilities: new Dictionary<string, string[]> { ["kept"] = ["subscribe"] }),
        ]);
        await using var bob = server.Connect(time: new FasterTime(10), token: _ => Task.FromResult(tokens.Dequeue()));
        await bob.StartAsync();
        var ended = new Heard<string>();
        bob.Channel(news).Ended += refusal => ended.Add(refusal.Code);
        bob.Room(room).Ended += refusal => ended.Add(refusal.Code);
        Assert.Null((await bob.Channel(news).SubscribeAsync()).Refusal);
        Assert.Null((await bob.Channel("kept").SubscribeAsync()).Refusal);
        Assert.Null((await bob.Room(room).JoinAsync()).Refusal);

        Assert.Equal(["FORBIDDEN", "FORBIDDEN"], await ended.UntilAsync(all => all.Count == 2));

        Assert.False(bob.Channel(news).IsSubscribed);
        Assert.True(bob.Channel("kept").IsSubscribed);
        Assert.Equal(ConnectionState.Live, bob.State);
    }

    [Fact]
    public async Task Should_tell_of_one_that_is_refused_and_ask_again()
    {
        var failures = new Heard<Exception>();
        var tokens = new Queue<string>(["no token", server.Server.TokenOf("bob")]);
        await using var bob = server.Connect(token: _ => Task.FromResult(tokens.Dequeue()));
        bob.Failed += failures.Add;

        Assert.Equal("TOKEN_INVALID", (await bob.StartAsync()).Refusal?.Code);
        Assert.Equal("bob", (await bob.StartAsync()).Value.UserId);
        Assert.Equal("TOKEN_INVALID", Assert.IsType<RefusedException>(failures.All[0]).Refusal.Code);
    }
}
