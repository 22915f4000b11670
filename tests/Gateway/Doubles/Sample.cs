using WhatsSound.Publications;

namespace WhatsSound.Tests.Gateway.Doubles;

internal static class Sample
{
    public static Publication At(long offset, string? key = null, int bytes = 8) => new()
    {
        Offset = offset,
        Id = $"id-{offset}",
        TimeMs = 1000 + offset,
        Publisher = "ada",
        Event = "said",
        Key = key,
        Data = new Payload(System.Text.Encoding.UTF8.GetBytes($"\"{new string('x', bytes - 2)}\"")),
    };

    /// <summary>A frame with every offset after <paramref name="previous"/> up to <paramref name="head"/>.</summary>
    public static ChannelFrame Frame(long previous, long head, string channel = "news", string epoch = "e1", DeliveryClass deliveryClass = DeliveryClass.Ordered) => new()
    {
        Channel = channel,
        Epoch = epoch,
        PreviousOffset = previous,
        HeadOffset = head,
        Class = deliveryClass,
        Publications = [.. Enumerable.Range((int)previous + 1, (int)(head - previous)).Select(offset => At(offset))],
    };

    /// <summary>A conflated frame of given offsets and keys.</summary>
    public static ChannelFrame Conflated(long previous, long head, params (long Offset, string Key)[] publications) =>
        Frame(head, head, deliveryClass: DeliveryClass.Conflated) with
        {
            PreviousOffset = previous,
            Publications = [.. publications.Select(one => At(one.Offset, one.Key))],
        };
}
