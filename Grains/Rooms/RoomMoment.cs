using WhatsSound.Grains.Presence;

namespace WhatsSound.Grains.Rooms;

/// <summary>What a decision may look at besides the room itself.</summary>
/// <param name="NowMs">Room time.</param>
/// <param name="Attendance">Who is here.</param>
/// <param name="Options">The limits.</param>
internal sealed record RoomMoment(long NowMs, Attendance Attendance, RoomOptions Options)
{
    /// <summary>When something that is started now starts for everybody.</summary>
    public long LeadMs => NowMs + (long)Options.Lead.TotalMilliseconds;
}
