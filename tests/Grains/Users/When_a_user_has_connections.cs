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
    public async Task Should_not_count_those_of_a_gateway_that_died()
    {
        var dead = Guid.NewGuid();
        for (var i = 0; i < 6; i++)
            await _user.ConnectAsync(new UserConnection { ConnectionId = $"d{i}", GatewayId = dead });
        for (var i = 0; i < 4; i++)
            await ConnectAsync($"c{i}");
        // Those that live are the more silent.
        await RenewAsync(4, silentMs: 14_000);
        cluster.Time.Advance(TimeSpan.FromSeconds(1));

        for (var i = 4; i < 10; i++)
            Assert.Empty((await ConnectAsync($"c{i}")).Value!.Ended);
        Assert.Empty((await RenewAsync(10, silentMs: 14_000)).Ended);
        cluster.Time.Advance(TimeSpan.FromSeconds(10));
        await RenewAsync(10, silentMs: 14_000);
        cluster.Time.Advance(TimeSpan.FromSeconds(21));

        Assert.Equal(10, (await RenewAsync(10, silentMs: 14_000)).Connections.Length);
    }

    [Fact]
    public async Task Should_end_the_most_silent_of_all_once_every_gateway_has_spoken()
    {
        var other = Guid.NewGuid();
        for (var i = 0; i < 6; i++)
            await _user.ConnectAsync(new UserConnection { ConnectionId = $"d{i}", GatewayId = other });
        cluster.Time.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 6; i++)
            Assert.Empty((await ConnectAsync($"c{i}")).Value!.Ended);

        var ended = (await _user.RenewAsync(other, [.. Enumerable.Range(0, 6).Select(i => new ConnectionHeard { ConnectionId = $"d{i}", SilentMs = i < 2 ? 20_000 : 100 })])).Ended;

        Assert.Equal(["d0", "d1"], ended);
    }

    [Fact]
    public async Task Should_have_twice_as_many_as_may_be_while_a_gateway_is_silent_at_most()
    {
        for (var i = 0; i < 40; i++)
        {
            await _user.ConnectAsync(new UserConnection { ConnectionId = $"d{i}", GatewayId = Guid.NewGuid() });
            cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        Assert.Equal(20, (await _user.GetConnectionsAsync()).Connections.Length);
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

    private Task<UserConnections> RenewAsync(int count, long silentMs) =>
        _user.RenewAsync(_gatewayId, [.. Enumerable.Range(0, count).Select(i => new ConnectionHeard { ConnectionId = $"c{i}", SilentMs = silentMs })]);

    private Task<Answer<UserConnections>> ConnectAsync(string connectionId) =>
        _user.ConnectAsync(new UserConnection { ConnectionId = connectionId, GatewayId = _gatewayId });
}
