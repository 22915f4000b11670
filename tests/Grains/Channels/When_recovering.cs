using WhatsSound.Channels;

namespace WhatsSound.Tests.Grains.Channels;

[Collection(ClusterTests.Name)]
public sealed class When_recovering(TestCluster cluster)
{
    [Fact]
    public async Task Should_start_live_where_nothing_is_asked_for()
    {
        var channel = Channel.New(cluster);
        await channel.PublishAsync(3);

        var recovery = await channel.Grain.RecoverAsync(new());

        Assert.Equal(Verdict.Live, recovery.Verdict);
        Assert.Equal(3, recovery.Position.Offset);
        Assert.Empty(recovery.Publications);
    }

    [Fact]
    public async Task Should_answer_all_of_the_gap()
    {
        var channel = Channel.New(cluster);
        var head = await channel.PublishAsync(5);

        var recovery = await channel.RecoverAsync(head with { Offset = 2 });

        Assert.Equal(Verdict.Recovered, recovery.Verdict);
        Assert.Equal([3, 4, 5], recovery.Publications.Select(publication => publication.Offset));
    }

    [Fact]
    public async Task Should_recover_a_subscriber_at_the_head_of_a_channel_that_was_quiet_for_a_day()
    {
        var channel = Channel.New(cluster);
        var head = await channel.PublishAsync(5);

        cluster.Time.Advance(TimeSpan.FromDays(1));
        var recovery = await channel.RecoverAsync(head);

        Assert.Equal(Verdict.Recovered, recovery.Verdict);
        Assert.Empty(recovery.Publications);
    }

    [Fact]
    public async Task Should_call_a_gap_lost_that_is_longer_than_the_history()
    {
        var channel = Channel.New(cluster);
        var head = await channel.PublishAsync(600);

        var recovery = await channel.RecoverAsync(head with { Offset = 10 });

        Assert.Equal(Verdict.Lost, recovery.Verdict);
        Assert.Equal((11, 600 - 512), (recovery.LostFrom, recovery.LostTo));
        Assert.Empty(recovery.Publications);
    }

    [Fact]
    public async Task Should_call_a_gap_lost_that_has_more_bytes_than_the_history()
    {
        var channel = Channel.New(cluster);
        await channel.AttachAsync();
        var head = await channel.PublishLargestAsync(17);

        var lost = await channel.RecoverAsync(head with { Offset = 0 });
        var recovered = await channel.RecoverAsync(head with { Offset = 1 });

        Assert.Equal((Verdict.Lost, 1, 1, 0), (lost.Verdict, lost.LostFrom, lost.LostTo, lost.Publications.Length));
        Assert.Equal((Verdict.Recovered, 16), (recovered.Verdict, recovered.Publications.Length));
    }

    [Fact]
    public async Task Should_call_a_gap_lost_of_which_a_part_is_too_old()
    {
        var channel = Channel.New(cluster);
        await channel.PublishAsync(2);
        cluster.Time.Advance(TimeSpan.FromSeconds(121));
        var head = await channel.PublishAsync(2);

        Assert.Equal(Verdict.Lost, (await channel.RecoverAsync(head with { Offset = 1 })).Verdict);
        Assert.Equal(Verdict.Recovered, (await channel.RecoverAsync(head with { Offset = 2 })).Verdict);
    }

    [Theory]
    [InlineData("another", 1)]
    [InlineData(null, 99)]
    [InlineData(null, -1)]
    public async Task Should_call_a_position_lost_that_is_not_of_this_numbering(string? epoch, long offset)
    {
        var channel = Channel.New(cluster);
        var head = await channel.PublishAsync(2);

        var recovery = await channel.RecoverAsync(new(epoch ?? head.Epoch, offset));

        Assert.Equal(Verdict.Lost, recovery.Verdict);
        Assert.Null(recovery.LostFrom);
        Assert.Equal(head, recovery.Position);
    }

    [Fact]
    public async Task Should_rewind_by_count_and_by_time()
    {
        var channel = Channel.New(cluster);
        await channel.PublishAsync(3);
        cluster.Time.Advance(TimeSpan.FromSeconds(10));
        await channel.PublishAsync(2);

        var byCount = await channel.Grain.RecoverAsync(new() { RewindCount = 4 });
        var byTime = await channel.Grain.RecoverAsync(new() { RewindMs = 5_000 });

        Assert.Equal([2, 3, 4, 5], byCount.Publications.Select(publication => publication.Offset));
        Assert.Equal([4, 5], byTime.Publications.Select(publication => publication.Offset));
        Assert.Equal(Verdict.Live, byTime.Verdict);
    }
}
