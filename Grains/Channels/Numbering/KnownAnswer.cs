using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>The answer that an id has had in the channel's epoch.</summary>
[GenerateSerializer, Immutable, Alias("ws.KnownAnswer")]
internal readonly record struct KnownAnswer(
    [property: Id(0)] string? Publisher, [property: Id(1)] string Id, [property: Id(2)] long Offset, [property: Id(3)] long TimeMs,
    [property: Id(4)] PublisherKind? PublisherKind = null);
