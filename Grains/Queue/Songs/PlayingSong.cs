using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Queue.Order;

namespace WhatsSound.Grains.Queue.Songs;

/// <summary>The song that is current: it has left the queue, and can still be voted on.</summary>
internal sealed record PlayingSong
{
    public required QueuedSong Song { get; init; }

    /// <summary>When it became current, room time.</summary>
    public required long StartedAtMs { get; init; }

    public SongBallots Ballots { get; init; } = SongBallots.None;
}
