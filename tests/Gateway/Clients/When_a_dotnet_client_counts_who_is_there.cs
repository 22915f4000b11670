using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients;

public sealed class When_a_dotnet_client_counts_who_is_there(ClientServer server) : IClassFixture<ClientServer>
{
    [Fact]
    public async Task Should_be_answered_and_told_of_changes_over_a_reconnect()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob");
        var name = server.Server.NewName("stage:counted");
        var told = new Heard<Occupancy>();
        ann.Channel(name).OccupancyChanged += told.Add;
        Assert.Null((await ann.Channel(name).SubscribeAsync(new SubscribeOptions { Occupancy = true })).Refusal);
        await told.UntilAsync(all => all is [.., { Channel: var of, Connections: 0, Users: 0, Subscribers: 1 }] && of == name);

        Assert.Null((await bob.Channel(name).SubscribeAsync()).Refusal);
        Assert.Null(await bob.Channel(name).Presence.EnterAsync());
        await told.UntilAsync(all => all is [.., { Connections: 1, Users: 1, Subscribers: 2 }]);
        var asked = (await ann.Channel(name).GetOccupancyAsync()).Value;
        Assert.Equal((name, 1L, 1L, 2L), (asked.Channel, asked.Connections, asked.Users, asked.Subscribers));

        told.Forget();
        ann.Reconnect();
        await told.UntilAsync(all => all is [.., { Connections: 1, Users: 1, Subscribers: 2 }]);
        Assert.Null(await bob.Channel(name).UnsubscribeAsync());
        await told.UntilAsync(all => all is [.., { Connections: 0, Users: 0, Subscribers: 1 }]);
    }

    [Fact]
    public async Task Should_be_refused_where_it_may_not_subscribe()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        Assert.Equal("FORBIDDEN", (await ann.Channel("user:bob:notifications").GetOccupancyAsync()).Refusal!.Code);
    }
}
