using WhatsSound.Playback;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// A room may wait with a start until its members' players have loaded the song. The start is announced as late as the room waits at most, and brought forward once
/// enough are ready: who never is holds up nobody for longer, and there is no state of waiting to be stuck in.
/// </summary>
internal static class GateRules
{
    /// <summary>How many in a hundred of those who are not away are enough.</summary>
    public const int QuorumPercent = 80;

    /// <summary>When a song starts that is announced now.</summary>
    /// <param name="room">The room.</param>
    /// <param name="moment">Now.</param>
    /// <param name="entryId">The song.</param>
    /// <param name="leadMs">When it starts where nobody is waited for.</param>
    public static long StartsAtMs(Room room, RoomMoment moment, string entryId, long leadMs) =>
        room.Settings.WaitsForReady && !IsReady(moment, entryId) ? Math.Max(leadMs, moment.NowMs + (long)moment.Options.GateTime.TotalMilliseconds) : leadMs;

    /// <summary>The start that was announced comes now; null: it does not, or has.</summary>
    public static VectorChanged? Open(Room room, RoomMoment moment)
    {
        var vector = room.Playback.Vector;
        return room.Settings.WaitsForReady
            && vector is { Status: PlaybackStatus.Playing, AnchorPositionMs: 0, EntryId: { } entryId }
            && vector.AnchorTimeMs > moment.LeadMs
            && IsReady(moment, entryId)
                ? new VectorChanged(PlaybackRules.Play(vector, moment.LeadMs), moment.NowMs)
                : null;
    }

    /// <summary>Of a room where everybody is away or has just come, everybody counts.</summary>
    private static bool IsReady(RoomMoment moment, string entryId)
    {
        var ready = moment.ReadyOf(entryId);
        var (have, of) = moment.Electorate.Eligible.IsEmpty
            ? (ready.Count, moment.Attendance.Members.Count)
            : (ready.Count(moment.Electorate.Eligible.Contains), moment.Electorate.Eligible.Count);
        return have * 100 >= of * QuorumPercent && have > 0;
    }
}
