using System.Collections.Immutable;
using WhatsSound.Publications;

namespace WhatsSound.Channels;

/// <summary>
/// A consistent reading of a channel: the publications asked for and the head they lead up to. Every later publication has an offset above
/// <see cref="Position"/>, so a subscriber that continues there has neither gap nor duplicate. Its data is at most
/// the rule's <c>HistoryBytesMax</c> in all: a larger gap is lost as a whole, and a rewind answers the newest that fit.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.Recovery")]
public sealed record Recovery
{
    /// <summary>The channel's head.</summary>
    [Id(0)] public required Position Position { get; init; }

    /// <summary>What became of the gap.</summary>
    [Id(1)] public required Verdict Verdict { get; init; }

    /// <summary>In offset order, up to <see cref="Position"/>. On a conflated channel the newest per key.</summary>
    [Id(2)] public required ImmutableArray<Publication> Publications { get; init; }

    /// <summary>With <see cref="Verdict.Lost"/>: the first offset of the asked epoch that is gone; null if its epoch is gone.</summary>
    [Id(3)] public long? LostFrom { get; init; }

    /// <summary>With <see cref="Verdict.Lost"/>: the last offset that is gone; null if its epoch is gone.</summary>
    [Id(4)] public long? LostTo { get; init; }

    /// <summary>Ordered or conflated.</summary>
    [Id(5)] public DeliveryClass Class { get; init; }

    /// <summary>As a user gets it; null: nobody in particular.</summary>
    public Recovery For(string? userId) => Publications.Any(static publication => publication.Own is not null)
        ? this with { Publications = [.. Publications.Select(publication => publication.For(userId)).OfType<Publication>()] }
        : this;
}
