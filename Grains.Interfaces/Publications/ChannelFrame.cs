using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace WhatsSound.Publications;

/// <summary>
/// What a channel publishes to its stream at one time: publications in offset order.
/// A receiver that has seen up to <see cref="PreviousOffset"/> of the same epoch has missed nothing; any other receiver must recover first.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.ChannelFrame")]
public sealed record ChannelFrame
{
    /// <summary>The channel's name.</summary>
    [Id(0)] public required string Channel { get; init; }

    /// <summary>The epoch of all offsets in the frame.</summary>
    [Id(1)] public required string Epoch { get; init; }

    /// <summary>The channel's head when the frame before this one was made.</summary>
    [Id(2)] public required long PreviousOffset { get; init; }

    /// <summary>The channel's head when this frame was made. On a conflated channel it may lie beyond the last publication here.</summary>
    [Id(3)] public required long HeadOffset { get; init; }

    /// <summary>Ordered or conflated.</summary>
    [Id(4)] public DeliveryClass Class { get; init; }

    /// <summary>At least one, in offset order; none in a frame that only says how far the channel has come, after it has moved.</summary>
    [Id(5)] public required ImmutableArray<Publication> Publications { get; init; }

    /// <summary>How many are in the channel, for those who follow it; null in all frames but those that are made for it. It has no number, and is in no history.</summary>
    [Id(6), JsonIgnore] public Occupancy? Occupancy { get; init; }
}
