using System.Text.Json;
using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients;

public sealed class When_a_dotnet_client_stops(ClientServer server) : IClassFixture<ClientServer>
{
    [Fact]
    public async Task Should_have_no_socket_left_and_tell_what_waits()
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        await using var bob = await server.ConnectLiveAsync(via: proxy.Address);
        await bob.Channel("news").SubscribeAsync();
        proxy.Cut();
        var waiting = bob.Channel("news").PublishAsync("said", JsonSerializer.SerializeToElement(1));
        proxy.Restore();

        await bob.StopAsync();
        await bob.StopAsync();

        Assert.Equal(0, proxy.OpenCount);
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
    public async Task Should_refuse_an_address_that_is_none()
    {
        await using var bob = new Connection(new ConnectionOptions { Url = new Uri("ftp://example.com/hub"), Token = _ => Task.FromResult("token") });

        var refusal = (await bob.StartAsync()).Refusal!;

        Assert.Equal("BAD_REQUEST", refusal.Code);
    }
}
