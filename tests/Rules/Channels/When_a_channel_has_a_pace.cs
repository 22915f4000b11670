using WhatsSound.Channels;
using WhatsSound.Grains.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Rules.Channels;

public sealed class When_a_channel_has_a_pace
{
    private const long NowMs = 1_800_000_000_000;

    private static readonly ChannelRule Rule = new() { Pattern = "*", ChannelPublicationsPerSecondMax = 4 };

    private readonly ChannelPace _pace = new();

    [Fact]
    public void Should_take_a_second_s_worth_and_say_when_there_is_more()
    {
        for (var i = 0; i < 4; i++)
            Assert.Null(Take(PublisherKind.User, NowMs));

        var refusal = Take(PublisherKind.Server, NowMs)!;

        Assert.Equal(("RATE_LIMITED", "channel", true, 250L), (refusal.Code, refusal.Detail, refusal.Retryable, refusal.RetryAfterMs));
        Assert.NotNull(Take(PublisherKind.Anonymous, NowMs + 249));
        Assert.Null(Take(PublisherKind.Anonymous, NowMs + 250));
        Assert.NotNull(Take(PublisherKind.User, NowMs + 250));
    }

    [Theory]
    [InlineData(PublisherKind.Room)]
    [InlineData(PublisherKind.System)]
    public void Should_not_hold_up_the_product_itself(PublisherKind kind)
    {
        for (var i = 0; i < 100; i++)
            Assert.Null(Take(kind, NowMs));
        Assert.Null(Take(PublisherKind.User, NowMs));
    }

    [Fact]
    public void Should_go_by_the_rule_of_now()
    {
        for (var i = 0; i < 4; i++)
            Take(PublisherKind.User, NowMs);

        Assert.Null(_pace.Take(Request(PublisherKind.User), Rule with { ChannelPublicationsPerSecondMax = null }, NowMs));
        Assert.Null(_pace.Take(Request(PublisherKind.User), Rule with { ChannelPublicationsPerSecondMax = 8 }, NowMs + 125));
    }

    private Refusal? Take(PublisherKind kind, long nowMs) => _pace.Take(Request(kind), Rule, nowMs);

    private static PublishRequest Request(PublisherKind kind) => new() { Id = "1", Data = new Payload("1"u8.ToArray()), PublisherKind = kind };
}
