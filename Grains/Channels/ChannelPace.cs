using WhatsSound.Channels;
using WhatsSound.Limits;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>How often users and servers publish in a channel together, through whatever gateways, by its rule. What the product's own grains say there is not held up.</summary>
internal sealed class ChannelPace
{
    private TokenBucket _bucket;

    /// <summary>Takes one publication, which was not made before; otherwise RATE_LIMITED, with the detail <c>channel</c>.</summary>
    public Refusal? Take(PublishRequest request, ChannelRule rule, long nowMs)
    {
        if (rule.ChannelPublicationsPerSecondMax is not { } perSecond || request.PublisherKind is PublisherKind.System or PublisherKind.Room)
            return null;
        return _bucket.TryTake(nowMs * TimeSpan.TicksPerMillisecond, perSecond, perSecond, out var retryAfter)
            ? null
            : Refusals.TooOften("channel", $"The channel takes {perSecond} publications a second.", retryAfter);
    }
}
