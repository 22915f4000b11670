using System.Collections.Immutable;
using WhatsSound.Grains.Playback;
using WhatsSound.Grains.Queue;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>A room: the sum of its events, nothing else. Immutable; only <see cref="RoomFold"/> makes the next one.</summary>
internal sealed record Room
{
    /// <summary>How many played songs are remembered: as many as a snapshot shows.</summary>
    public const int HistoryMax = 10;

    public required string RoomId { get; init; }

    public required RoomSettings Settings { get; init; }

    public required string OwnerUserId { get; init; }

    public required long CreatedAtMs { get; init; }

    /// <summary>How many events made it.</summary>
    public required long Revision { get; init; }

    public required PlaybackState Playback { get; init; }

    public QueueState Queue { get; init; } = QueueState.Empty;

    public string? HostUserId { get; init; }

    /// <summary>Whether the host stands in for one who vanished: then the owner regains on return.</summary>
    public bool IsHostStandIn { get; init; }

    /// <summary>The newest first.</summary>
    public ImmutableArray<HistoryItem> History { get; init; } = [];

    /// <summary>The vote to skip as the members were last told.</summary>
    public SkipTally SkipTold { get; init; } = new() { Have = 0, Need = 1 };
}
