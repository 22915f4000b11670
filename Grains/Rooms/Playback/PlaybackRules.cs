using WhatsSound.Playback;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Changes of the playback vector. The law: a change that is not a seek leaves the position at its moment where it was, to the millisecond.
/// Every change has the next revision.
/// </summary>
internal static class PlaybackRules
{
    /// <summary>A host's player this far off, in two reports this far apart, has really moved: less is jitter of players and networks.</summary>
    public const long DriftMs = 250;

    /// <summary>How far apart the two reports are at least.</summary>
    public const long DriftSpanMs = 500;

    /// <summary>How far room time may lie behind the last save before its base counts as jumped. Silos' clocks differ by milliseconds.</summary>
    public const long ClockJumpMs = 1000;

    /// <summary>What is enough of a long song to count as a play.</summary>
    private const long CountedMs = 4 * 60 * 1000;

    public static PlaybackVector Initial(long nowMs) =>
        new() { Epoch = 1, Revision = 1, Status = PlaybackStatus.Idle, AnchorPositionMs = 0, AnchorTimeMs = nowMs, DurationMs = 0 };

    public static PlaybackVector Start(PlaybackVector before, string entryId, long durationMs, long atMs) => new()
    {
        Epoch = before.Epoch,
        Revision = before.Revision + 1,
        EntryId = entryId,
        Status = PlaybackStatus.Playing,
        AnchorPositionMs = 0,
        AnchorTimeMs = atMs,
        DurationMs = durationMs,
    };

    /// <summary>Without a song. A room that is paused stays so: only who may play ends that.</summary>
    public static PlaybackVector Stop(PlaybackVector before, long atMs) =>
        Empty(before, before.Status == PlaybackStatus.Paused ? PlaybackStatus.Paused : PlaybackStatus.Idle, atMs);

    /// <summary>Without a song, paused or not.</summary>
    public static PlaybackVector Empty(PlaybackVector before, PlaybackStatus status, long atMs) => new()
    {
        Epoch = before.Epoch,
        Revision = before.Revision + 1,
        Status = status,
        AnchorPositionMs = 0,
        AnchorTimeMs = atMs,
        DurationMs = 0,
    };

    public static PlaybackVector Pause(PlaybackVector before, long nowMs) =>
        Anchor(before, before.PositionAtMs(nowMs), nowMs) with { Status = PlaybackStatus.Paused };

    /// <summary>Goes on from where it stands at <paramref name="atMs"/>, which may lie ahead: until then the position does not move.</summary>
    public static PlaybackVector Play(PlaybackVector before, long atMs) =>
        Anchor(before, before.PositionAtMs(atMs), atMs) with { Status = PlaybackStatus.Playing };

    public static PlaybackVector Seek(PlaybackVector before, long positionMs, long atMs) => Anchor(before, positionMs, atMs);

    /// <summary>The same place, at another speed from now on.</summary>
    public static PlaybackVector SetRate(PlaybackVector before, int ratePermille, long nowMs) =>
        Anchor(before, before.PositionAtMs(nowMs), Math.Max(nowMs, before.AnchorTimeMs)) with { RatePermille = ratePermille };

    /// <summary>How much of the song the vector has played by a time, in milliseconds of the song.</summary>
    public static long PlayedMs(PlaybackVector vector, long atMs) => vector.PositionAtMs(atMs) - vector.PositionAtMs(vector.AnchorTimeMs);

    /// <summary>Half of a song, or four minutes of it, is a play.</summary>
    public static bool IsCounted(long listenedMs, long durationMs) => listenedMs >= Math.Min(durationMs / 2, CountedMs);

    /// <summary>When the song ends by itself; null unless it is playing.</summary>
    public static long? EndsAtMs(PlaybackVector vector)
    {
        if (vector.Status != PlaybackStatus.Playing)
            return null;
        var leftMs = Math.Max(0, vector.DurationMs - vector.AnchorPositionMs);
        return vector.AnchorTimeMs + (((leftMs * 1000) + vector.RatePermille - 1) / vector.RatePermille);
    }

    /// <summary>
    /// What a report of the host's player means. A report that is off is remembered; once the drift has lasted, and the player has moved in that time as far
    /// as a player does, the vector is anchored where the host is. A report within bounds forgets it. A player that stands still, or jumps about, says nothing
    /// of where the room should be.
    /// </summary>
    public static (HostDrift? Drift, PlaybackVector? Reanchored) Report(PlaybackVector vector, HostDrift? drift, long positionMs, long nowMs)
    {
        var isComparable = vector.Status == PlaybackStatus.Playing && nowMs >= vector.AnchorTimeMs;
        if (!isComparable || Math.Abs(positionMs - vector.PositionAtMs(nowMs)) <= DriftMs)
            return (null, null);
        if (drift is null || drift.VectorRevision != vector.Revision)
            return (new HostDrift(vector.Revision, positionMs, nowMs), null);
        if (nowMs - drift.AtMs < DriftSpanMs)
            return (drift, null);
        var expectedMs = drift.PositionMs + ((nowMs - drift.AtMs) * vector.RatePermille / 1000);
        return Math.Abs(positionMs - expectedMs) <= DriftMs
            ? (null, Anchor(vector, positionMs, nowMs))
            : (new HostDrift(vector.Revision, positionMs, nowMs), null);
    }

    /// <summary>
    /// The vector on a clock that has gone back: the position is that of the last save, in a new epoch, so that clients probe the clock again. Null if
    /// the clock has not jumped.
    /// </summary>
    public static PlaybackVector? Rebase(PlaybackVector vector, long savedAtMs, long nowMs)
    {
        if (nowMs + ClockJumpMs >= savedAtMs)
            return null;
        return Anchor(vector, vector.PositionAtMs(savedAtMs), nowMs) with { Epoch = vector.Epoch + 1 };
    }

    private static PlaybackVector Anchor(PlaybackVector before, long positionMs, long atMs) =>
        before with { Revision = before.Revision + 1, AnchorPositionMs = positionMs, AnchorTimeMs = atMs };
}
