using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>What an activation starts from.</summary>
/// <param name="Head">Where the numbering goes on.</param>
/// <param name="Publications">Kept publications up to the head, in offset order; not all need be here.</param>
/// <param name="IsComplete">Whether nothing that the log keeps is missing from them.</param>
internal sealed record LoadedChannel(Position Head, IReadOnlyList<Publication> Publications, bool IsComplete)
{
    /// <summary>The lowest offset that is here; the one after the head if none is.</summary>
    public long FirstOffset => Publications.Count == 0 ? Head.Offset + 1 : Publications[0].Offset;

    /// <summary>The highest offset of which nothing can be said; null: what the first publication and <see cref="IsComplete"/> say.</summary>
    public long? LostTo { get; init; }

    /// <summary>Ids that were answered beyond those of the publications, the oldest first.</summary>
    public IReadOnlyList<KnownAnswer> Answers { get; init; } = [];

    /// <summary>The offset up to which publications were handed to the stream; null: the head.</summary>
    public long? SentOffset { get; init; }

    /// <summary>What waits for the first frame.</summary>
    public IReadOnlyList<Publication> Waiting { get; init; } = [];

    /// <summary>The earliest time of the first frame, room time.</summary>
    public long NextFrameMs { get; init; } = long.MinValue;

    /// <summary>A channel that was active on another silo a moment ago.</summary>
    public static LoadedChannel Moved(NumberingMemory memory) => new(memory.Head, memory.Publications, IsComplete: false)
    {
        LostTo = memory.LostTo,
        Answers = memory.Answers,
        SentOffset = memory.SentOffset,
        Waiting = memory.Waiting,
        NextFrameMs = memory.NextFrameMs,
    };

    /// <summary>A channel that has come to rest at a position: nobody who is there has missed anything, and nothing before it is kept.</summary>
    public static LoadedChannel AtRest(Position head) => new(head, [], IsComplete: false);

    /// <summary>A channel of which nothing is known.</summary>
    public static LoadedChannel New(string epoch) => new(new(epoch, 0), [], IsComplete: true);
}
