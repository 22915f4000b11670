using WhatsSound.Grains.Hooks;

namespace WhatsSound.Tests.Rules.Hooks;

public sealed class When_a_receiver_is_tried_again
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(6, 30)]
    [InlineData(int.MaxValue, 30)]
    public void Should_wait_twice_as_long_each_time_up_to_a_bound(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), HookRetryRules.DelayAfter(failures, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)));

    [Fact]
    public void Should_give_up_nothing_before_it_was_tried_for_so_long_however_old_it_is() =>
        Assert.Null(HookRetryRules.GivenUpBefore(Start, Start + TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(5)));

    [Fact]
    public void Should_give_up_what_came_before_that_and_nothing_later() =>
        Assert.Equal(Start + TimeSpan.FromMinutes(2), HookRetryRules.GivenUpBefore(Start, Start + TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(5)));

    [Fact]
    public void Should_keep_a_channel_in_one_lane_and_spread_channels_over_all_of_a_receiver()
    {
        Assert.Equal(HookLanes.Of("main", "chat:1"), HookLanes.Of("main", "chat:1"));
        Assert.Equal(HookLanes.PerEndpoint, Enumerable.Range(1, 500).Select(static number => HookLanes.Of("main", $"chat:{number}")).Distinct().Count());
        Assert.Equal("main", HookLanes.FindEndpoint(HookLanes.Of("main", "chat:1:2")));
        Assert.Null(HookLanes.FindEndpoint("push:main:1"));
    }
}
