using System.Collections.Immutable;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Sessions;

/// <summary>A page of a channel's history, as a session gets it.</summary>
/// <param name="Position">The channel's head when the page was read: nothing above it is here, and everything above it is live.</param>
/// <param name="Publications">In offset order; without those that are not for the session, or not wanted.</param>
/// <param name="Next">Where the next page goes on; null: there is none.</param>
/// <param name="IsComplete">Whether nothing that was published there is missing, since it is no longer kept.</param>
internal sealed record ChannelHistory(Position Position, ImmutableArray<Publication> Publications, long? Next, bool IsComplete);
