using System.Globalization;
using WhatsSound.Grains.Hooks;
using WhatsSound.Tests.Grains.Channels;

namespace WhatsSound.Tests.Grains.Hooks;

public sealed class When_a_receiver_is_down : IAsyncLifetime
{
    private readonly HookCluster _hooks = new();
    private readonly HookOptions _options = new();

    private TestCluster Cluster => _hooks.Cluster;

    public ValueTask InitializeAsync() => _hooks.InitializeAsync();

    public ValueTask DisposeAsync() => _hooks.DisposeAsync();

    [Fact]
    public async Task Should_have_all_in_order_when_it_is_back_and_the_others_meanwhile()
    {
        Cluster.Receivers.SetDown(HookCluster.Ours, "the test wants it so");
        var channels = Enumerable.Range(1, 5).Select(_ => Channel.New(Cluster, "hooked:*")).ToList();
        for (var number = 1; number <= 20; number++)
            await Task.WhenAll(channels.Select(channel => channel.PublishAsync($"{number}")));
        foreach (var channel in channels)
            await Cluster.Receivers.UntilAsync(HookCluster.Theirs, channel.Name, 20);
        Assert.All(channels, channel => Assert.Empty(Cluster.Receivers.TakenOf(HookCluster.Ours, channel.Name)));

        Cluster.Receivers.SetDown(HookCluster.Ours, null);

        await _hooks.UntilAsync(() => channels.All(channel => OffsetsOf(HookCluster.Ours, channel).Count >= 20));
        Assert.All(channels, channel => Assert.Equal(Enumerable.Range(1, 20).Select(static offset => (long)offset), OffsetsOf(HookCluster.Ours, channel)));
    }

    [Fact]
    public async Task Should_try_again_later_and_later()
    {
        Cluster.Receivers.SetDown(HookCluster.Ours, "the test wants it so");
        var channel = Channel.New(Cluster, "hooked:*");
        await channel.PublishAsync("a");
        var times = new List<long>();
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            await _hooks.UntilAsync(() => Cluster.Receivers.RequestsOf(HookCluster.Ours) >= attempt);
            times.Add(Cluster.NowMs);
        }

        var pauses = times.Zip(times.Skip(1), static (one, next) => next - one).ToList();
        Assert.All(pauses.Zip([1_000L, 2_000, 4_000, 8_000]), static pause => Assert.True(pause.First >= pause.Second - 100, $"{pause.First} ms are less than {pause.Second} ms"));
        Assert.Equal(5, Cluster.Receivers.RequestsOf(HookCluster.Ours));
    }

    [Fact]
    public async Task Should_give_up_what_was_tried_for_five_minutes_and_go_on_with_what_came_later()
    {
        Cluster.Receivers.SetDown(HookCluster.Ours, "the test wants it so");
        var channel = Channel.New(Cluster, "hooked:*");
        var startMs = Cluster.NowMs;
        await channel.PublishAsync("early");
        await _hooks.UntilAsync(() => Cluster.Outbox.SourcesOf(channel.Name).Count == 0, TimeSpan.FromSeconds(5));
        Assert.True(Cluster.NowMs - startMs >= _options.GiveUpAfter.TotalMilliseconds);
        await channel.PublishAsync("late");

        Cluster.Receivers.SetDown(HookCluster.Ours, null);

        await _hooks.UntilAsync(() => OffsetsOf(HookCluster.Ours, channel).Count > 0);
        Assert.Equal([2], OffsetsOf(HookCluster.Ours, channel));
        Assert.Contains(Cluster.Errors, static line => line.Contains("are given up", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_wait_no_longer_than_it_may_for_one_that_does_not_answer()
    {
        Cluster.Receivers.SetSilent(HookCluster.Ours, isSilent: true);
        var channel = Channel.New(Cluster, "hooked:*");
        await channel.PublishAsync("a");
        await channel.PublishAsync("b");
        await Cluster.Receivers.UntilAsync(HookCluster.Theirs, channel.Name, 2);

        await _hooks.UntilAsync(() => Cluster.Receivers.RequestsOf(HookCluster.Ours) >= 2);
        Cluster.Receivers.SetSilent(HookCluster.Ours, isSilent: false);

        await _hooks.UntilAsync(() => OffsetsOf(HookCluster.Ours, channel).Count >= 2);
        Assert.Equal([1, 2], OffsetsOf(HookCluster.Ours, channel));
    }

    [Fact]
    public async Task Should_go_on_where_the_silo_of_its_lane_has_died()
    {
        Cluster.Receivers.SetDown(HookCluster.Ours, "the test wants it so");
        var channel = Channel.New(Cluster, "hooked:*");
        for (var number = 1; number <= 10; number++)
            await channel.PublishAsync($"{number}");
        var lane = Cluster.Grains.GetGrain<IHookLaneGrain>(HookLanes.Of(HookCluster.Ours, channel.Name));
        await _hooks.UntilAsync(() => Cluster.Receivers.RequestsOf(HookCluster.Ours) > 0);

        await Cluster.KillSiloOfAsync(lane);
        Cluster.Receivers.SetDown(HookCluster.Ours, null);

        await _hooks.UntilAsync(() => OffsetsOf(HookCluster.Ours, channel).Count >= 10, TimeSpan.FromSeconds(1));
        Assert.Equal(Enumerable.Range(1, 10).Select(static offset => (long)offset), OffsetsOf(HookCluster.Ours, channel).Distinct());
    }

    [Fact]
    public async Task Should_let_only_so_many_wait_and_give_up_the_oldest()
    {
        const int published = HookCluster.LaneEventsMax + 50;
        Cluster.Receivers.SetDown(HookCluster.Ours, "the test wants it so");
        var channel = Channel.New(Cluster, "hooked:*");
        for (var number = 1; number <= published; number++)
            await channel.PublishAsync($"{number}");

        // Theirs is taken; ours is cut.
        await _hooks.UntilAsync(() => Cluster.Outbox.SourcesOf(channel.Name).Count <= HookCluster.LaneEventsMax, TimeSpan.FromSeconds(1));
        Cluster.Receivers.SetDown(HookCluster.Ours, null);

        await _hooks.UntilAsync(() => OffsetsOf(HookCluster.Ours, channel).Count >= HookCluster.LaneEventsMax);
        Assert.Equal(Enumerable.Range(published - HookCluster.LaneEventsMax + 1, HookCluster.LaneEventsMax).Select(static offset => (long)offset), OffsetsOf(HookCluster.Ours, channel));
        Assert.Contains(Cluster.Errors, line => line.Contains(string.Create(CultureInfo.InvariantCulture, $"more than {HookCluster.LaneEventsMax} wait"), StringComparison.Ordinal));
    }

    private List<long> OffsetsOf(string endpoint, Channel channel) =>
        [.. Cluster.Receivers.TakenOf(endpoint, channel.Name).Select(static one => one.GetProperty("publication").GetProperty("offset").GetInt64())];
}
