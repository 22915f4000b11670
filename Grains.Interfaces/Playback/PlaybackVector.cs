namespace WhatsSound.Playback;

/// <summary>
/// Playback as a vector. It is sent when it changes; everybody computes the position from it, so nothing is streamed:
/// <c>position(t) = clamp(anchorPosition + (t - anchorTime) * rate, 0, duration)</c> while playing and t is at or after the anchor time, otherwise the
/// anchor position. (Epoch, revision) only grows; a receiver never applies a lower pair.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.PlaybackVector")]
public sealed record PlaybackVector
{
    /// <summary>Changes when the room's time base jumped; then clients probe the clock again.</summary>
    [Id(0)] public required long Epoch { get; init; }

    /// <summary>Counts changes of the vector.</summary>
    [Id(1)] public required long Revision { get; init; }

    /// <summary>The entry that is current; null when idle.</summary>
    [Id(2)] public string? EntryId { get; init; }

    /// <summary>Idle, playing or paused.</summary>
    [Id(3)] public required PlaybackStatus Status { get; init; }

    /// <summary>The position at the anchor time, in milliseconds from the song's start.</summary>
    [Id(4)] public required long AnchorPositionMs { get; init; }

    /// <summary>Room time, in Unix milliseconds. In the future for a scheduled start.</summary>
    [Id(5)] public required long AnchorTimeMs { get; init; }

    /// <summary>Speed in thousandths, 500 to 2000.</summary>
    [Id(6)] public int RatePermille { get; init; } = 1000;

    /// <summary>The song's length in milliseconds; fixed for an entry.</summary>
    [Id(7)] public required long DurationMs { get; init; }

    /// <summary>What is likely to play next, as clients get it: a player can load it ahead. Null: nothing, or not said.</summary>
    [Id(8)] public LoadHint? Next { get; init; }

    /// <summary>The position at a room time, in milliseconds.</summary>
    public long PositionAtMs(long roomTimeMs)
    {
        if (Status != PlaybackStatus.Playing || roomTimeMs <= AnchorTimeMs)
            return Math.Clamp(AnchorPositionMs, 0, DurationMs);
        return Math.Clamp(AnchorPositionMs + ((roomTimeMs - AnchorTimeMs) * RatePermille / 1000), 0, DurationMs);
    }
}
