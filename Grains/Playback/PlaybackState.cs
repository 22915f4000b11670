using System.Collections.Immutable;
using WhatsSound.Grains.Queue;
using WhatsSound.Playback;

namespace WhatsSound.Grains.Playback;

/// <summary>The current song, the vector that says where it is, and who wants it skipped.</summary>
internal sealed record PlaybackState
{
    public required PlaybackVector Vector { get; init; }

    /// <summary>The current entry; null exactly when the vector is idle.</summary>
    public QueueEntry? Current { get; init; }

    /// <summary>When the current entry started, room time; may lie ahead, by the lead.</summary>
    public long StartedAtMs { get; init; }

    /// <summary>Users who want the current entry skipped; empty at each start.</summary>
    public ImmutableHashSet<string> SkipVoters { get; init; } = [];
}
