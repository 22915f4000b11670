using WhatsSound.Channels;
using WhatsSound.Tests.Grains.Channels;

namespace WhatsSound.Tests.Grains.Presence;

/// <summary>
/// A process that nobody shares the database with is killed, and another takes its place. Ann and bob were connected to the gateway in it, cleo to a gateway of its own that may be alive.
/// </summary>
public sealed class When_the_only_process_comes_back : IAsyncLifetime
{
    private static readonly Guid Before = Guid.NewGuid();
    private static readonly Guid After = Guid.NewGuid();
    private static readonly TimeSpan Lease = new ChannelRule { Pattern = "*" }.PresenceLease;
    private static readonly TimeSpan Grace = new ChannelRule { Pattern = "*" }.PresenceGrace;

    private readonly TestCluster _cluster = new() { SilosCount = 1, SoleGatewayIds = new([Before, After]) };
    private Channel _channel = null!;
    private Members _members = null!;

    public async ValueTask InitializeAsync()
    {
        await _cluster.InitializeAsync();
        _channel = Channel.New(_cluster, "room:*:lobby");
        _members = new(_channel);
        await _members.EnterAsync("ann", gatewayId: Before);
        await _members.EnterAsync("bob", gatewayId: Before);
        await _members.EnterAsync("cleo", gatewayId: Guid.NewGuid());
        await _channel.AdvanceAsync(TimeSpan.FromSeconds(3), Members.Tick);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Should_show_everybody_and_tell_at_once_of_who_came_back_and_leaves()
    {
        await _cluster.KillSiloOfAsync(_channel.Grain);
        Assert.Equal(["ann", "bob", "cleo"], await _members.NamesAsync());
        await _members.EnterAsync("ann", connection: "2", gatewayId: After);

        await _members.LeaveAsync("ann", connection: "2");
        await _channel.AdvanceAsync(2 * Members.Tick, Members.Tick);

        Assert.Equal(["bob", "cleo"], await _members.NamesAsync());
        Assert.Equal(["ann"], (await _members.ToldAsync()).SelectMany(static change => change.Left));
    }

    [Fact]
    public async Task Should_show_who_was_on_its_gateway_for_a_grace_and_others_for_a_lease()
    {
        await _cluster.KillSiloOfAsync(_channel.Grain);
        await _members.EnterAsync("ann", connection: "2", gatewayId: After);

        await _channel.AdvanceAsync(Grace - Members.Tick, Members.Tick);
        Assert.Equal(["ann", "bob", "cleo"], await _members.NamesAsync());
        await _channel.AdvanceAsync(2 * Members.Tick, Members.Tick);
        Assert.Equal(["ann", "cleo"], await _members.NamesAsync());
        await _channel.Grain.RenewAsync(new() { GatewayId = After, ConnectionCount = 1 });
        await _channel.AdvanceAsync(Lease - Grace + TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1));

        Assert.Equal(["bob", "cleo"], (await _members.ToldAsync()).SelectMany(static change => change.Left));
        Assert.Empty((await _members.ToldAsync()).SelectMany(static change => change.Joined));
    }

    /// <summary>A channel that nobody used, in the process in which its members still are.</summary>
    [Fact]
    public async Task Should_keep_whom_its_own_gateway_has()
    {
        await _cluster.DeactivateAsync(_channel.Grain);
        Assert.Equal(["ann", "bob", "cleo"], await _members.NamesAsync());

        await _channel.AdvanceAsync(Grace + (2 * Members.Tick), Members.Tick);

        Assert.Equal(["ann", "bob", "cleo"], await _members.NamesAsync());
    }
}
