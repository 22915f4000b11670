using WhatsSound.Channels;
using WhatsSound.Grains.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Rules.Channels;

/// <summary>Those who follow are told of changes, no more often than every two seconds, and at once where they begin to.</summary>
public sealed class When_occupancy_is_told
{
    private readonly ChannelSubscribers _subscribers = new();
    private readonly Guid _gateway = Guid.NewGuid();

    [Fact]
    public void Should_tell_nobody_where_nobody_follows()
    {
        Report(count: 3, followers: 0);

        Assert.Null(Take(nowMs: 0));
        Assert.False(_subscribers.IsFollowed);
        Assert.Null(_subscribers.DueMs);
    }

    [Fact]
    public void Should_tell_a_change_and_the_last_of_many()
    {
        Report(count: 1, followers: 1);
        Assert.Equal(1, Take(nowMs: 0)?.Subscribers);
        Assert.Null(Take(nowMs: 5_000));

        for (var count = 2; count <= 10; count++)
        {
            Report(count, followers: 1);
            var told = Take(nowMs: 6_000 + count);
            Assert.Equal(count == 2, told is not null);
        }

        Assert.Equal(8_002, _subscribers.DueMs);
        Assert.Null(Take(nowMs: 8_001));
        Assert.Equal(10, Take(nowMs: 8_002)?.Subscribers);
        Assert.Null(_subscribers.DueMs);
    }

    [Fact]
    public void Should_tell_who_begins_to_follow_what_has_not_changed()
    {
        Report(count: 2, followers: 1);
        Take(nowMs: 0);

        Report(count: 2, followers: 2);

        Assert.Equal(2, Take(nowMs: 2_000)?.Subscribers);
    }

    [Fact]
    public void Should_tell_who_follows_in_anothers_place()
    {
        Report(new() { GatewayId = _gateway, Count = 2, FollowersCount = 1, FollowsBegun = 1, Number = 1 });
        Take(nowMs: 0);

        Report(new() { GatewayId = _gateway, Count = 2, FollowersCount = 1, FollowsBegun = 2, Number = 2 });

        Assert.Equal(2, Take(nowMs: 2_000)?.Subscribers);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(0)]
    public void Should_not_believe_a_report_that_comes_late(int newest)
    {
        Report(new() { GatewayId = _gateway, Count = newest, Number = 3 });

        Report(new() { GatewayId = _gateway, Count = 9, Number = 2 });

        Assert.Equal(newest, _subscribers.Count);
    }

    [Fact]
    public void Should_not_look_before_it_is_time()
    {
        Report(count: 1, followers: 1);
        Take(nowMs: 0);

        Assert.False(_subscribers.IsTime(nowMs: 1_999));
        Assert.Equal(2_000, _subscribers.DueMs);
        Assert.True(_subscribers.IsTime(nowMs: 2_000));
        Assert.Null(Take(nowMs: 2_000));
        Assert.Null(_subscribers.DueMs);
    }

    private void Report(GatewaySubscribers report) => _subscribers.Report(report);

    private void Report(int count, int followers) => _subscribers.Report(new() { GatewayId = _gateway, Count = count, FollowersCount = followers });

    private Occupancy? Take(long nowMs) => _subscribers.Take(new() { Connections = 0, Users = 0, Subscribers = _subscribers.Count }, nowMs);
}
