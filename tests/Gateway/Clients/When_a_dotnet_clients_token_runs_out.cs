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

        await asked.UntilAsync(all => all.Count == 2);
        Assert.Null((await bob.ListRoomsAsync()).Refusal);

        Assert.True(bob.Identity.ExpiresAtMs > expiresAtMs);
        Assert.Single(proxy.Open.All);
    }

    [Fact]
    public async Task Should_tell_of_one_that_is_refused_and_ask_again()
    {
        var failures = new Heard<Exception>();
        var tokens = new Queue<string>(["no token", server.Server.TokenOf("bob")]);
        await using var bob = server.Connect(token: _ => Task.FromResult(tokens.Dequeue()));
        bob.Failed += failures.Add;

        Assert.Equal("bob", (await bob.StartAsync()).Value.UserId);
        Assert.Equal("TOKEN_INVALID", Assert.IsType<RefusedException>(failures.All[0]).Refusal.Code);
    }
}
