using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains.Channels;

/// <summary>A channel whose rule says how much it takes, from all together.</summary>
[Collection(ClusterTests.Name)]
public sealed class When_a_channel_is_published_to_too_often(TestCluster cluster)
{
    private readonly IChannelGrain _channel = cluster.Grains.GetChannel($"paced:{Guid.NewGuid():N}");

    [Fact]
    public async Task Should_refuse_what_is_beyond_and_number_nothing_of_it()
    {
        Assert.Null(await RefusalOfAsync("ada", "1"));
        Assert.Null(await RefusalOfAsync("bob", "1"));

        var refusal = (await RefusalOfAsync("eve", "1"))!;

        Assert.Equal(("RATE_LIMITED", "channel", 500L), (refusal.Code, refusal.Detail, refusal.RetryAfterMs));
        Assert.Equal(2, (await _channel.RecoverAsync(new())).Position.Offset);
        cluster.Time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Null(await RefusalOfAsync("eve", "1"));
        Assert.Equal(3, (await _channel.RecoverAsync(new())).Position.Offset);
    }

    /// <summary>Who asks whether it was published is answered, and publishes nothing.</summary>
    [Fact]
    public async Task Should_answer_again_what_was_published()
    {
        for (var i = 0; i < 10; i++)
            Assert.Null(await RefusalOfAsync("ada", "same"));

        Assert.Null(await RefusalOfAsync("ada", "another"));
        Assert.NotNull(await RefusalOfAsync("ada", "too many"));
    }

    private async Task<Refusal?> RefusalOfAsync(string user, string id) =>
        (await _channel.PublishAsync(new PublishRequest { Id = id, Publisher = user, PublisherKind = PublisherKind.User, Data = new Payload("1"u8.ToArray()) })).Refusal;
}
