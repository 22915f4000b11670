using WhatsSound.Tests.Grains.Channels;

namespace WhatsSound.Tests.Grains.Presence;

[Collection(ClusterTests.Name)]
public sealed class When_a_channel_is_crowded
{
    private readonly Channel _channel;
    private readonly Members _members;

    public When_a_channel_is_crowded(TestCluster cluster)
    {
        _channel = Channel.New(cluster, "room:*");
        _members = new(_channel);
    }

    [Fact]
    public async Task INV_M6_Should_tell_summaries_at_most_every_two_seconds()
    {
        await EnterAsync(1, 101);
        await _channel.AdvanceAsync(Members.Tick, Members.Tick);
        for (var user = 102; user <= 140; user++)
        {
            await EnterAsync(user, user);
            await _channel.AdvanceAsync(Members.Tick, Members.Tick);
        }

        await _channel.AdvanceAsync(TimeSpan.FromSeconds(2), Members.Tick);
        var told = await _members.ToldAsync();

        Assert.Equal(3, told.Count);
        Assert.Equal(140, told[^1].Total);
        Assert.All(told, change => Assert.Empty(change.Joined));
        Assert.All(told, change => Assert.Equal(10, change.Summary!.Sample.Length));
    }

    [Fact]
    public async Task INV_M6_Should_sample_hosts_first_then_the_most_recently_active()
    {
        await EnterAsync(1, 101);
        await _channel.Grain.SetHostsAsync(["user3"]);
        await _channel.AdvanceAsync(Members.Tick, Members.Tick);
        await _channel.PublishAsync("here", publisher: "user7");

        var view = await _channel.Grain.ReadPresenceAsync();

        Assert.Equal((false, 101, 10), (view.IsComplete, view.Total, view.Members.Length));
        Assert.Equal(["user3", "user7"], view.Members.Take(2).Select(member => member.UserId));
        Assert.Equal(101, view.ActiveLastMinute);
    }

    [Fact]
    public async Task Should_name_everybody_and_say_so_once_it_is_no_longer_crowded()
    {
        await EnterAsync(1, 101);
        await _channel.AdvanceAsync(Members.Tick, Members.Tick);
        await _members.LeaveAsync("user1");
        await _channel.AdvanceAsync(TimeSpan.FromSeconds(2), Members.Tick);

        var told = await _members.ToldAsync();

        Assert.Equal((100, 100), (told[^1].Total, told[^1].Joined.Length));
        Assert.Null(told[^1].Summary);
        Assert.True(told[^1].IsComplete);
        Assert.All(told.SkipLast(1), change => Assert.False(change.IsComplete));
    }

    private async Task EnterAsync(int from, int to)
    {
        for (var user = from; user <= to; user++)
            await _members.EnterAsync($"user{user}");
    }
}
