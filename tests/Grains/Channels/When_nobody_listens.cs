using System.Text;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains.Channels;

/// <summary>A channel costs nothing to make: to which nobody listens keeps little, and all together no more than their silo has room for.</summary>
[Collection(ClusterTests.Name)]
public sealed class When_nobody_listens(TestCluster cluster)
{
    private static readonly TimeSpan HistoryAge = new ChannelRule { Pattern = "*" }.HistoryAge;

    [Fact]
    public async Task Should_keep_the_last_that_fits_a_small_allowance_and_call_the_rest_lost()
    {
        var channel = Channel.New(cluster);
        var start = await channel.HeadAsync();
        await PublishAsync(channel, count: 10, bytes: 16 * 1024);

        var all = await channel.RecoverAsync(start);
        var end = await channel.RecoverAsync(start with { Offset = 6 });

        Assert.Equal((Verdict.Lost, 1, 6), (all.Verdict, all.LostFrom, all.LostTo));
        Assert.Equal(Verdict.Recovered, end.Verdict);
        Assert.Equal([7L, 8, 9, 10], end.Publications.Select(publication => publication.Offset));
    }

    [Fact]
    public async Task Should_keep_all_for_those_who_have_just_gone()
    {
        var channel = Channel.New(cluster);
        var start = await channel.HeadAsync();
        var gateway = await channel.AttachAsync();
        await channel.Grain.DetachLaneAsync(gateway.Id);

        await PublishAsync(channel, count: 10, bytes: 16 * 1024);

        Assert.Equal(Verdict.Recovered, (await channel.RecoverAsync(start)).Verdict);
    }

    [Fact]
    public async Task Should_keep_little_again_once_nobody_can_come_back_for_it()
    {
        var channel = Channel.New(cluster);
        await channel.AttachAsync();
        await channel.AdvanceAsync(new ChannelRule { Pattern = "*" }.PresenceLease + HistoryAge + TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        var start = await channel.HeadAsync();

        await PublishAsync(channel, count: 10, bytes: 16 * 1024);

        Assert.Equal((Verdict.Lost, 6L), ((await channel.RecoverAsync(start)).Verdict, (await channel.RecoverAsync(start)).LostTo));
    }

    [Fact]
    public async Task Should_keep_all_that_is_in_the_log()
    {
        var channel = Channel.New(cluster, "user:*:notifications");
        var start = await channel.HeadAsync();

        await PublishAsync(channel, count: 10, bytes: 16 * 1024);

        Assert.Equal((Verdict.Recovered, 10), ((await channel.RecoverAsync(start)).Verdict, (await channel.RecoverAsync(start)).Publications.Length));
    }

    [Fact]
    public async Task Should_rewind_by_time_what_is_in_the_log_alone()
    {
        var channel = Channel.New(cluster, "user:*:notifications");
        await channel.PublishAsync(5);
        cluster.Time.Advance(TimeSpan.FromSeconds(90));
        await PublishAsync(channel, count: 10, bytes: 16 * 1024);

        var recent = await channel.Grain.RecoverAsync(new() { RewindMs = 60_000 });
        var all = await channel.Grain.RecoverAsync(new() { RewindMs = 120_000 });

        Assert.Equal((Verdict.Live, 10), (recent.Verdict, recent.Publications.Length));
        Assert.Equal(Enumerable.Range(1, 15).Select(static offset => (long)offset), all.Publications.Select(static publication => publication.Offset));
    }

    internal static async Task PublishAsync(Channel channel, int count, int bytes)
    {
        var data = new Payload(Encoding.UTF8.GetBytes($"\"{new string('x', bytes - 2)}\""));
        for (var i = 0; i < count; i++)
            Assert.Null((await channel.Grain.PublishAsync(Channel.Request($"n{i}") with { Data = data })).Refusal);
    }
}
