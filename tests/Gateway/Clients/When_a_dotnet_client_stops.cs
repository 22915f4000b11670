using System.Text.Json;
using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients;

public sealed class When_a_dotnet_client_stops(ClientServer server) : IClassFixture<ClientServer>
{
    [Fact]
    public async Task Should_have_neither_socket_nor_timer_left_and_tell_what_waits()
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        var time = new FasterTime(1);
        await using var bob = await server.ConnectLiveAsync(via: proxy.Address, time: time);
        await bob.Channel("news").SubscribeAsync();
        proxy.Cut();
        var waiting = bob.Channel("news").PublishAsync("said", JsonSerializer.SerializeToElement(1));
        proxy.Restore();

        await bob.StopAsync();
        await bob.StopAsync();

        await proxy.Open.UntilAsync(_ => proxy.OpenCount == 0);
        await Eventually.BecomesTrueAsync(() => time.Timers == 0);
        Assert.Equal("CLOSED", (await waiting).Refusal?.Code ?? "CLOSED");
        Assert.False(bob.Channel("news").IsSubscribed);
        Assert.Equal("CLOSED", (await bob.Channel("news").SubscribeAsync()).Refusal!.Code);
        Assert.Equal("CLOSED", (await bob.Room("den").JoinAsync()).Refusal!.Code);
    }

    [Fact]
    public async Task Should_refuse_a_start_that_comes_after_it_or_waits()
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        proxy.Cut();
        await using var bob = server.Connect(via: proxy.Address);

        var starting = bob.StartAsync();
        await bob.StopAsync();

        Assert.Equal("CLOSED", (await starting).Refusal!.Code);
        Assert.Equal("CLOSED", (await bob.StartAsync()).Refusal!.Code);
    }

    [Fact]
    public async Task Should_say_that_it_is_closed_and_nothing_before()
    {
        await using var bob = await server.ConnectLiveAsync();
        var states = new Heard<ConnectionState>();
        bob.StateChanged += states.Add;

        await bob.StopAsync();

        Assert.Equal([ConnectionState.Closed], states.All);
    }

    [Fact]
    public async Task Should_be_closed_with_the_reason_where_newer_connections_took_its_place()
    {
        var failed = new Heard<(Connection Connection, Exception Exception)>();
        List<Connection> all = [];
        for (var i = 0; i < 11; i++)
        {
            var connection = server.Connect("one-of-many");
            connection.Failed += exception => failed.Add((connection, exception));
            all.Add(connection);
            Assert.Null((await connection.StartAsync()).Refusal);
        }

        var (replaced, said) = (await failed.UntilAsync(each => each.Count > 0))[0];
        WhatsSound.Client.Refusal?[] later = [(await replaced.StartAsync()).Refusal, (await replaced.Channel("news").PublishTextAsync(null, "x")).Refusal];

        Assert.All([Assert.IsType<RefusedException>(said).Refusal, .. later], refusal => Assert.Equal(("CLOSED", "CONNECTION_LIMIT"), (refusal?.Code, refusal?.Detail)));
        foreach (var connection in all)
            await connection.DisposeAsync();
    }

    [Theory]
    [InlineData("ftp://example.com/hub")]
    [InlineData("/hub")]
    public void Should_not_take_an_address_that_is_none(string address) => Assert.Throws<ArgumentException>(
        () => new Connection(new ConnectionOptions { Url = new Uri(address, UriKind.RelativeOrAbsolute), Token = _ => Task.FromResult("token") }));
}
