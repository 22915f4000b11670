using WhatsSound.Channels;
using WhatsSound.Streams;
using WhatsSound.Tests.Grains.Channels;
using WhatsSound.Tests.Grains.Presence;

namespace WhatsSound.Tests.Grains.Streams;

/// <summary>Nothing happens in a channel: its gateway renews the lane, and asks the channel no more.</summary>
[Collection(ClusterTests.Name)]
public sealed class When_renewals_stand_at_a_lane
{
    private static readonly TimeSpan Lease = new ChannelRule { Pattern = "*" }.PresenceLease;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private readonly TestCluster _cluster;
    private readonly Channel _channel;
    private readonly Members _members;
    private readonly RenewingGateway _gateway;

    public When_renewals_stand_at_a_lane(TestCluster cluster)
    {
        _cluster = cluster;
        _channel = Channel.New(cluster, "room:*");
        _members = new(_channel);
        _gateway = new(cluster, _channel);
    }

    [Fact]
    public async Task Should_keep_its_members_and_its_lane_for_longer_than_a_lease()
    {
        await BeginAsync();
        var before = _gateway.ChannelRenewals;

        await PassAsync(3 * Lease);

        Assert.Equal(before, _gateway.ChannelRenewals);
        Assert.Equal(["ann"], await _members.NamesAsync());
        Assert.True((await _channel.Grain.RenewAsync(new() { GatewayId = _gateway.Id, ConnectionCount = 1 })).LaneKnown);
    }

    [Fact]
    public async Task Should_lose_its_members_a_lease_after_the_last_renewal_of_the_lane()
    {
        await BeginAsync();
        await PassAsync(2 * Lease);
        await _gateway.RenewAsync();

        await _channel.AdvanceAsync(Lease - Members.Tick, Members.Tick);
        Assert.Equal(["ann"], await _members.NamesAsync());
        await _channel.AdvanceAsync(2 * Members.Tick, Members.Tick);
        Assert.Empty(await _members.NamesAsync());
    }

    [Fact]
    public async Task Should_ask_the_channel_again_after_a_publication()
    {
        await BeginAsync();
        var before = _gateway.ChannelRenewals;
        await _channel.PublishAsync("news");

        await _gateway.RenewAsync();
        await _gateway.RenewAsync();

        Assert.Equal(before + 1, _gateway.ChannelRenewals);
    }

    [Fact]
    public async Task Should_ask_the_channel_again_after_it_has_gone_and_come()
    {
        await BeginAsync();
        var before = _gateway.ChannelRenewals;
        await _cluster.DeactivateAsync(_channel.Grain);

        await _gateway.RenewAsync();

        Assert.Equal(before + 1, _gateway.ChannelRenewals);
        Assert.Equal(["ann"], await _members.NamesAsync());
    }

    [Fact]
    public async Task Should_know_no_lane_of_a_silo_that_is_gone()
    {
        var gone = SiloAddress.New(System.Net.IPAddress.Loopback, 1, 1).ToParsableString();
        var answer = await _cluster.Grains.GetGrain<ILanesGrain>(ILanesGrain.KeyOf(gone)).RenewAsync(
            new() { GatewayId = Guid.NewGuid(), LaneId = Guid.NewGuid(), UpTo = 0, Count = 0, Digest = 0 });

        Assert.False(answer.IsKnown);
    }

    /// <summary>A member, of whom everybody has heard.</summary>
    private async Task BeginAsync()
    {
        await _gateway.AttachAsync();
        await _gateway.EnterAsync("ann", "1");
        await _channel.AdvanceAsync(Interval, Members.Tick);
        await _gateway.RenewAsync();
    }

    private async Task PassAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Interval)
        {
            await _channel.AdvanceAsync(Interval, TimeSpan.FromSeconds(1));
            await _gateway.RenewAsync();
        }
    }
}
