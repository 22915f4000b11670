using WhatsSound.Channels;

namespace WhatsSound.Grains.Channels;

/// <summary>What an activation starts from.</summary>
/// <param name="Head">Where the numbering goes on.</param>
/// <param name="Publications">Kept publications up to the head, in offset order; not all need be here.</param>
/// <param name="IsComplete">Whether nothing that the log keeps is missing from them.</param>
internal sealed record LoadedChannel(Position Head, IReadOnlyList<Publication> Publications, bool IsComplete)
{
    /// <summary>The lowest offset that is here; the one after the head if none is.</summary>
    public long FirstOffset => Publications.Count == 0 ? Head.Offset + 1 : Publications[0].Offset;

    /// <summary>A channel of which nothing is known.</summary>
    public static LoadedChannel New(string epoch) => new(new(epoch, 0), [], IsComplete: true);
}
