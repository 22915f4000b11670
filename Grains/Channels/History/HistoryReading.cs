using System.Collections.Immutable;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>What is left of the publications after some offset.</summary>
/// <param name="Publications">In offset order.</param>
/// <param name="LostTo">The highest offset of which nothing can be said any more; the reading is whole exactly if it is not above the asked offset.</param>
internal readonly record struct HistoryReading(ImmutableArray<Publication> Publications, long LostTo);
