using System.Collections.Immutable;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>A channel's numbering while it moves.</summary>
[GenerateSerializer, Immutable, Alias("ws.NumberingMemory")]
internal sealed record NumberingMemory
{
    [Id(0)] public required Position Head { get; init; }

    /// <summary>The offset up to which publications were handed to the stream.</summary>
    [Id(5)] public required long SentOffset { get; init; }

    /// <summary>What waits for the next frame, in offset order.</summary>
    [Id(6)] public required ImmutableArray<Publication> Waiting { get; init; }

    /// <summary>The history, in offset order.</summary>
    [Id(1)] public required ImmutableArray<Publication> Publications { get; init; }

    /// <summary>The highest offset of which nothing can be said any more.</summary>
    [Id(2)] public required long LostTo { get; init; }

    /// <summary>The window of ids, the oldest first.</summary>
    [Id(3)] public required ImmutableArray<KnownAnswer> Answers { get; init; }

    /// <summary>The earliest time of the next frame, room time: the interval between frames goes on.</summary>
    [Id(4)] public required long NextFrameMs { get; init; }
}
