using System.Collections.Immutable;
using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>What became of presence in one tick.</summary>
/// <param name="Publications">For subscribers, one after the other: up to two.</param>
internal readonly record struct PresenceTick(ImmutableArray<PresenceChanged> Publications)
{
    /// <summary>For watchers; null if nobody came or went.</summary>
    public PresenceDelta? Delta { get; init; }

    /// <summary>For subscribers who follow connections, at the offset of the last publication, or at one of its own; null: nothing.</summary>
    public ConnectionsChanged? Connections { get; init; }
}
