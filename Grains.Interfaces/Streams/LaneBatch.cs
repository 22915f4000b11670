using System.Collections.Immutable;
using WhatsSound.Publications;

namespace WhatsSound.Streams;

/// <summary>What a lane carries at one time from one silo to one gateway.</summary>
[GenerateSerializer, Immutable, Alias("ws.LaneBatch")]
public sealed record LaneBatch
{
    /// <summary>The lane: one per silo run and gateway.</summary>
    [Id(0)] public required Guid LaneId { get; init; }

    /// <summary>
    /// Counts batches from 1. After a batch whose answer did not come, or after the lane overflowed, the number skips: the receiver must then take it that
    /// every channel of this lane may have lost frames.
    /// </summary>
    [Id(1)] public required long Sequence { get; init; }

    /// <summary>Frames of any channels, in the order in which they were published. Empty only to tell of a skip while nothing is published.</summary>
    [Id(2)] public required ImmutableArray<ChannelFrame> Frames { get; init; }
}
