using WhatsSound.Users;

namespace WhatsSound.Tests.Grains.Users;

[Collection(ClusterTests.Name)]
public sealed class When_a_user_has_connections(TestCluster cluster)
{
    private readonly Guid _gatewayId = Guid.NewGuid();
    private readonly IUserGrain _user = cluster.Grains.GetGrain<IUserGrain>(UserId.KeyOf($"{Guid.NewGuid():N}"));

    [Fact]
    public async Task Should_be_online_on_any_gateway()
    {
        await ConnectAsync("a");
        await _user.ConnectAsync(new UserConnection { ConnectionId = "b", GatewayId = Guid.NewGuid() });

        var connections = await _user.GetConnectionsAsync();

        Assert.Equal(["a", "b"], connections.Connections.Select(connection => connection.ConnectionId));
        Assert.True(connections.IsOnline);
    }

    [Fact]
    public async Task Should_let_one_too_many_take_the_place_of_the_most_silent()
    {
        for (var i = 0; i < 10; i++)
            Assert.False((await ConnectAsync($"c{i}")).IsRefused);
        await _user.RenewAsync(_gatewayId, [.. Enumerable.Range(0, 10).Select(i => new ConnectionHeard { ConnectionId = $"c{i}", SilentMs = i == 7 ? 20_000 : 100 })]);

        var connections = (await ConnectAsync("c10")).Value!;

        Assert.Equal(["c7"], connections.Ended);
        Assert.Equal(10, connections.Connections.Length);
        Assert.Contains(connections.Connections, connection => connection.ConnectionId == "c10");
    }

    [Fact]
    public async Task Should_be_offline_when_nobody_renews()
    {
        await ConnectAsync("kept");
        await ConnectAsync("lost");
        cluster.Time.Advance(TimeSpan.FromSeconds(20));
        await _user.RenewAsync(_gatewayId, [new ConnectionHeard { ConnectionId = "kept", SilentMs = 0 }]);
        cluster.Time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("kept", Assert.Single((await _user.GetConnectionsAsync()).Connections).ConnectionId);

        cluster.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.False((await _user.GetConnectionsAsync()).IsOnline);
    }

    [Fact]
    public async Task Should_forget_a_connection_that_ended()
    {
        await ConnectAsync("a");

        await _user.DisconnectAsync("a");

        Assert.False((await _user.GetConnectionsAsync()).IsOnline);
    }

    [Fact]
    public async Task Should_refuse_a_connection_without_an_id() =>
        Assert.Equal("connectionId", (await ConnectAsync("")).Refusal?.Detail);

    private Task<Answer<UserConnections>> ConnectAsync(string connectionId) =>
        _user.ConnectAsync(new UserConnection { ConnectionId = connectionId, GatewayId = _gatewayId });
}
