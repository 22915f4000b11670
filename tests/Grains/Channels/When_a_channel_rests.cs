using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Tests.Grains.Presence;

namespace WhatsSound.Tests.Grains.Channels;

/// <summary>Nobody uses a channel for hours, and Orleans collects it. Whoever comes back has missed nothing, and is told so.</summary>
[Collection(ClusterTests.Name)]
public sealed class When_a_channel_rests(TestCluster cluster)
{
    [Theory]
    [InlineData("test:*")]
    [InlineData("room:*:queue")]
    [InlineData("room:*:playback")]
    [InlineData("user:*:activity")]
    public async Task Should_recover_who_is_at_its_head_hours_later(string pattern)
    {
        var channel = Channel.New(cluster, pattern);
        var head = await channel.PublishAsync(3);

        await CollectAsync(channel);
        cluster.Time.Advance(TimeSpan.FromHours(5));

        var back = await channel.RecoverAsync(head);
        Assert.Equal((Verdict.Recovered, head), (back.Verdict, back.Position));
        Assert.Empty(back.Publications);
        var next = await channel.PublishAsync("next");
        Assert.Equal(head with { Offset = 4 }, next.Position);
        Assert.Equal("next", Assert.Single((await channel.RecoverAsync(head)).Publications).Id);
    }

    [Theory]
    [InlineData("test:*")]
    [InlineData("user:*:activity")]
    public async Task Should_recover_who_came_before_the_first_publication(string pattern)
    {
        var channel = Channel.New(cluster, pattern);
        var head = await channel.HeadAsync();

        await CollectAsync(channel);

        Assert.Equal((Verdict.Recovered, head), (await channel.RecoverAsync(head) is var back ? (back.Verdict, back.Position) : default));
    }

    [Fact]
    public async Task Should_recover_a_channel_with_presence_that_everybody_left()
    {
        var channel = Channel.New(cluster, "room:*:lobby");
        var members = new Members(channel);
        await members.EnterAsync("ada");
        await channel.AdvanceAsync(TimeSpan.FromSeconds(1), Members.Tick);
        await members.LeaveAsync("ada");
        await channel.AdvanceAsync(TimeSpan.FromSeconds(1), Members.Tick);
        var head = await channel.HeadAsync();

        await CollectAsync(channel);

        Assert.Equal((Verdict.Recovered, new Position(head.Epoch, 2)), (await channel.RecoverAsync(head) is var back ? (back.Verdict, back.Position) : default));
    }

    [Fact]
    public async Task Should_say_what_is_lost_to_who_is_behind()
    {
        var channel = Channel.New(cluster);
        var head = await channel.PublishAsync(3);

        await CollectAsync(channel);

        var back = await channel.RecoverAsync(head with { Offset = 1 });
        Assert.Equal((Verdict.Lost, 2, 3, head), (back.Verdict, back.LostFrom, back.LostTo, back.Position));
    }

    [Fact]
    public async Task Should_rest_again_and_again()
    {
        var channel = Channel.New(cluster);
        for (var times = 1; times <= 3; times++)
        {
            var head = await channel.PublishAsync(2);
            await CollectAsync(channel);
            Assert.Equal((Verdict.Recovered, 2L * times), (await channel.RecoverAsync(head) is var back ? (back.Verdict, back.Position.Offset) : default));
        }
    }

    [Fact]
    public async Task Should_not_rest_while_it_is_active()
    {
        var channel = Channel.New(cluster);
        await channel.PublishAsync(1);
        await CollectAsync(channel);
        Assert.NotNull(cluster.Resting.FindRest(channel.Name));

        await channel.HeadAsync();

        Assert.Null(cluster.Resting.FindRest(channel.Name));
    }

    [Fact]
    public async Task Should_be_lost_after_a_crash_also_to_who_was_there_when_it_rested()
    {
        var channel = Channel.New(cluster);
        var rested = await channel.PublishAsync(2);
        await CollectAsync(channel);
        var last = await channel.PublishAsync(1);

        await cluster.KillSiloOfAsync(channel.Grain);

        Assert.Equal(Verdict.Lost, (await channel.RecoverAsync(rested)).Verdict);
        Assert.Equal(Verdict.Lost, (await channel.RecoverAsync(last)).Verdict);
        Assert.NotEqual(rested.Epoch, (await channel.HeadAsync()).Epoch);
    }

    [Fact]
    public async Task Should_not_begin_anew_while_nobody_knows_where_it_rests()
    {
        var channel = Channel.New(cluster);
        var head = await channel.PublishAsync(2);
        await CollectAsync(channel);

        cluster.Resting.Fail(channel.Name);
        await Assert.ThrowsAnyAsync<Exception>(channel.HeadAsync);
        cluster.Resting.Fail(channel.Name, isFailing: false);

        Assert.Equal(Verdict.Recovered, (await channel.RecoverAsync(head)).Verdict);
    }

    [Fact]
    public async Task Should_say_that_there_is_no_storage_where_it_is_not_told_in_time()
    {
        var channel = Channel.New(cluster);
        cluster.Resting.Hold(channel.Name, new TaskCompletionSource().Task);
        var head = channel.HeadAsync();
        await Eventually.BecomesTrueAsync(() => cluster.Resting.Waiting == 1);

        cluster.Time.Advance(TimeSpan.FromSeconds(6));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => head);
        await Eventually.BecomesTrueAsync(() => cluster.Resting.Waiting == 0);
    }

    [Fact]
    public async Task Should_begin_anew_where_it_could_not_be_put_to_rest()
    {
        var channel = Channel.New(cluster);
        var head = await channel.PublishAsync(2);
        cluster.Resting.Fail(channel.Name);
        await CollectAsync(channel);
        cluster.Resting.Fail(channel.Name, isFailing: false);

        Assert.Equal(Verdict.Lost, (await channel.RecoverAsync(head)).Verdict);
    }

    /// <summary>What Orleans does with a grain that nobody calls.</summary>
    private Task CollectAsync(Channel channel) => cluster.DeactivateAsync(channel.Grain);
}
