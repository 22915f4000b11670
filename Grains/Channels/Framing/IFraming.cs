using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>When a channel's publications go out, and which of them go out together.</summary>
internal interface IFraming
{
    /// <summary>When the frame is due; null while nothing waits.</summary>
    long? DueMs { get; }

    /// <summary>The earliest time of the next frame.</summary>
    long NextFrameMs { get; }

    /// <summary>What waits, in offset order.</summary>
    ImmutableArray<Publication> Waiting { get; }

    /// <summary>The rule has another pace from now on: what waits goes out as it was to.</summary>
    void Follow(ChannelRule rule);

    /// <summary>Lets a publication wait for the next frame.</summary>
    void Add(Publication publication, long nowMs);

    /// <summary>All that waits, in offset order, for a frame that goes out now.</summary>
    ImmutableArray<Publication> Take(long nowMs);
}
