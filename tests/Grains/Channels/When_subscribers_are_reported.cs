using WhatsSound.Channels;

namespace WhatsSound.Tests.Grains.Channels;

/// <summary>Gateways say how many sessions are attached; the channel adds them up, and forgets those of a gateway that has died.</summary>
[Collection(ClusterTests.Name)]
public sealed class When_subscribers_are_reported(TestCluster cluster)
{
    private static readonly TimeSpan Lease = new ChannelRule { Pattern = "*" }.PresenceLease;

    [Fact]
    public async Task Should_add_up_what_each_gateway_said_last()
    {
        var channel = Channel.New(cluster);
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        await ReportAsync(channel, first, 5);
        await ReportAsync(channel, first, 2);
        await ReportAsync(channel, second, 3);
        Assert.Equal(5, (await channel.Grain.ReadOccupancyAsync()).Subscribers);

        await ReportAsync(channel, second, 0);
        Assert.Equal(2, (await channel.Grain.ReadOccupancyAsync()).Subscribers);

        await channel.Grain.DetachLaneAsync(first);
        Assert.Equal(0, (await channel.Grain.ReadOccupancyAsync()).Subscribers);
    }

    [Fact]
    public async Task Should_forget_a_gateway_whose_lease_has_ended()
    {
        var channel = Channel.New(cluster);
        var gateway = await channel.AttachAsync();
        await ReportAsync(channel, Guid.NewGuid(), 7);
        await ReportAsync(channel, gateway.Id, 1);

        await channel.AdvanceAsync(Lease / 2, TimeSpan.FromSeconds(10));
        await channel.RenewAsync(gateway);
        await channel.AdvanceAsync((Lease / 2) + TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

        Assert.Equal(1, (await channel.Grain.ReadOccupancyAsync()).Subscribers);
    }

    [Fact]
    public async Task Should_know_them_after_a_move()
    {
        var channel = Channel.New(cluster);
        await ReportAsync(channel, Guid.NewGuid(), 7);

        await cluster.MigrateAsync(channel.Grain);

        Assert.Equal(7, (await channel.Grain.ReadOccupancyAsync()).Subscribers);
    }

    private static Task ReportAsync(Channel channel, Guid gatewayId, int count) =>
        channel.Grain.ReportSubscribersAsync(new() { GatewayId = gatewayId, Count = count });
}
