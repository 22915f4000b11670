using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains.Channels;

[Collection(ClusterTests.Name)]
public sealed class When_a_channel_conflates(TestCluster cluster)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Channel _channel = Channel.New(cluster, "room:*:playback");

    [Fact]
    public async Task Should_send_at_most_two_frames_a_second_of_sixty_reports_and_the_last()
    {
        var gateway = await _channel.AttachAsync();
        for (var report = 1; report <= 600; report++)
        {
            await _channel.PublishAsync($"r{report}", key: "hostPosition");
            await _channel.AdvanceAsync(TimeSpan.FromMicroseconds(16_667), TimeSpan.FromMicroseconds(16_667));
        }

        await _channel.AdvanceAsync(Interval, Interval);
        await gateway.UntilOffsetAsync(_channel.Name, 600);

        Assert.InRange(gateway.Frames.Length, 15, 21);
        Assert.Equal("r600", gateway.Publications[^1].Id);
        Assert.All(gateway.Frames, frame => Assert.Equal(DeliveryClass.Conflated, frame.Class));
    }

    [Fact]
    public async Task Should_send_the_first_after_a_quiet_time_at_once()
    {
        var gateway = await _channel.AttachAsync();

        await _channel.PublishAsync("first", key: "vector");
        await gateway.UntilOffsetAsync(_channel.Name, 1);
        cluster.Time.Advance(TimeSpan.FromSeconds(5));
        await _channel.PublishAsync("second", key: "vector");
        await gateway.UntilOffsetAsync(_channel.Name, 2);

        Assert.Equal(2, gateway.Frames.Length);
    }

    [Fact]
    public async Task Should_send_the_newest_of_each_key()
    {
        var gateway = await _channel.AttachAsync();
        await _channel.PublishAsync("v1", key: "vector");
        await gateway.UntilOffsetAsync(_channel.Name, 1);

        await _channel.PublishAsync("h1", key: "hostPosition");
        await _channel.PublishAsync("v2", key: "vector");
        await _channel.PublishAsync("h2", key: "hostPosition");
        await _channel.AdvanceAsync(Interval, Interval);
        await gateway.UntilOffsetAsync(_channel.Name, 4);

        var frame = gateway.Frames[^1];
        Assert.Equal(["v2", "h2"], frame.Publications.Select(publication => publication.Id));
        Assert.Equal((1, 4), (frame.PreviousOffset, frame.HeadOffset));
    }

    [Fact]
    public async Task Should_recover_the_newest_of_each_key_after_the_position()
    {
        var first = await _channel.PublishAsync("v1", key: "vector");
        await _channel.PublishAsync("h1", key: "hostPosition");
        await _channel.PublishAsync("h2", key: "hostPosition");
        cluster.Time.Advance(TimeSpan.FromDays(1));

        var recovery = await _channel.RecoverAsync(first.Position);

        Assert.Equal((Verdict.Recovered, DeliveryClass.Conflated), (recovery.Verdict, recovery.Class));
        Assert.Equal(["h2"], recovery.Publications.Select(publication => publication.Id));
    }

    [Fact]
    public async Task Should_keep_the_newest_of_each_key_over_a_move()
    {
        var first = await _channel.PublishAsync("v1", key: "vector");
        await _channel.PublishAsync("h1", key: "hostPosition");
        await _channel.PublishAsync("v2", key: "vector");

        await cluster.DeactivateAsync(_channel.Grain);
        var recovery = await _channel.RecoverAsync(first.Position);

        Assert.Equal(Verdict.Recovered, recovery.Verdict);
        Assert.Equal(["h1", "v2"], recovery.Publications.Select(publication => publication.Id));
        Assert.Equal(4, (await _channel.PublishAsync("v3", key: "vector")).Position.Offset);
    }

    [Fact]
    public async Task Should_answer_the_newest_of_each_key_to_who_asks_for_nothing_else()
    {
        await _channel.PublishAsync("v1", key: "vector");
        await _channel.PublishAsync("h1", key: "hostPosition");
        var head = (await _channel.PublishAsync("v2", key: "vector")).Position;

        var newest = await _channel.Grain.RecoverAsync(new() { Newest = true });
        var rewound = await _channel.Grain.RecoverAsync(new() { Newest = true, RewindCount = 1 });
        var since = await _channel.Grain.RecoverAsync(new() { Newest = true, Since = head with { Offset = 2 } });
        var nothing = await _channel.Grain.RecoverAsync(new());

        Assert.Equal((Verdict.Live, head), (newest.Verdict, newest.Position));
        Assert.Equal(["h1", "v2"], newest.Publications.Select(publication => publication.Id));
        Assert.Equal(["v2"], rewound.Publications.Select(publication => publication.Id));
        Assert.Equal(["v2"], since.Publications.Select(publication => publication.Id));
        Assert.Empty(nothing.Publications);
    }

    [Fact]
    public async Task Should_answer_nothing_of_before_where_each_publication_counts()
    {
        var channel = Channel.New(cluster);
        var head = await channel.PublishAsync(3);

        var recovery = await channel.Grain.RecoverAsync(new() { Newest = true });

        Assert.Equal((Verdict.Live, head, 0), (recovery.Verdict, recovery.Position, recovery.Publications.Length));
    }
}
