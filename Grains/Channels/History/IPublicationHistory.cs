using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>The publications of one epoch that a channel holds in memory. Bounded; at the bound the oldest goes.</summary>
internal interface IPublicationHistory
{
    /// <summary>About what a publication weighs besides its data.</summary>
    const int OverheadBytes = 256;

    /// <summary>When all that it has will be too old, though nothing is added; null: never.</summary>
    long? DueMs { get; }

    /// <summary>How many bytes its publications take, with what they weigh besides their data.</summary>
    long Bytes { get; }

    /// <summary>The rule has other bounds from now on: what is beyond them is let go of.</summary>
    void Follow(ChannelRule rule, long nowMs);

    /// <summary>Keeps a publication; its offset is above all before.</summary>
    void Add(Publication publication);

    /// <summary>A publication has other data from now on, if it is still here, and so have those of the key behind it.</summary>
    /// <param name="amends">Which, and what it has.</param>
    /// <param name="by">What says so: those of its key between the two have its data as well.</param>
    void Amend(Amendment amends, Publication by);

    /// <summary>Lets go of what is too old.</summary>
    void Trim(long nowMs);

    /// <summary>Lets go of the oldest until what is left has at most so many bytes of data, below the bound that it has anyway.</summary>
    void Shrink(int bytesMax);

    /// <summary>What is left above the offset.</summary>
    HistoryReading ReadAfter(long offset, long nowMs);

    /// <summary>The newest, up to a count, in offset order.</summary>
    ImmutableArray<Publication> ReadLast(int count, long nowMs);

    /// <summary>Those not older than a time, in offset order.</summary>
    ImmutableArray<Publication> ReadFrom(long timeMs, long nowMs);
}
