using WhatsSound.Presence;
using WhatsSound.Tests.Grains.Channels;

namespace WhatsSound.Tests.Grains.Hooks;

/// <summary>A database that does not answer must not hold up a channel.</summary>
public sealed class When_the_outbox_hangs : IAsyncLifetime
{
    private readonly HookCluster _hooks = new();

    private TestCluster Cluster => _hooks.Cluster;

    public ValueTask InitializeAsync() => _hooks.InitializeAsync();

    public ValueTask DisposeAsync() => _hooks.DisposeAsync();

    [Fact]
    public async Task Should_refuse_the_next_publications_at_once_and_append_nothing_more()
    {
        var channel = Channel.New(Cluster, "hooked:*");
        await channel.PublishAsync("before");
        await Cluster.Receivers.UntilAsync(HookCluster.Ours, channel.Name, 1);
        Cluster.Outbox.Hang();
        var first = channel.Grain.PublishAsync(Channel.Request("a"));
        await _hooks.UntilAsync(() => first.IsCompleted);
        Assert.Equal(RefusalCode.Timeout, (await first).Refusal!.Code);

        // The clock stands still: none of them waits.
        for (var number = 1; number <= 6; number++)
            Assert.Equal(RefusalCode.NotReady, (await channel.Grain.PublishAsync(Channel.Request($"{number}"))).Refusal!.Code);
        Assert.Equal(1, Cluster.Outbox.HangingCount);

        Cluster.Outbox.Hang(isHanging: false);
        await _hooks.UntilAsync(() => Cluster.Receivers.TakenOf(HookCluster.Ours, channel.Name).Count >= 2);
        Assert.Equal(2, (await channel.PublishAsync("a")).Position.Offset);
    }

    [Fact]
    public async Task Should_go_on_with_members_and_tell_of_them_later()
    {
        var room = Channel.New(Cluster, "room:*");
        Cluster.Outbox.Hang();

        var answer = await room.Grain.EnterAsync(new PresenceEntry { UserId = "ada", ConnectionId = "1", GatewayId = Guid.NewGuid() });
        Assert.Null(answer.Refusal);
        Assert.Equal(1, (await room.Grain.ReadPresenceAsync()).Total);
        Assert.Empty(Cluster.Receivers.TakenOf(HookCluster.Ours, room.Name));

        Cluster.Outbox.Hang(isHanging: false);
        await _hooks.UntilAsync(() => Cluster.Receivers.TakenOf(HookCluster.Ours, room.Name).Any(static one => one.GetProperty("event").GetString() == "member.joined"));
    }
}
