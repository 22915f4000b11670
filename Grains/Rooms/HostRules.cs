using WhatsSound.Grains.Presence;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Who is host. A host who is gone for the grace is followed by the owner if here, otherwise by the member who has been here longest. The owner regains
/// on return from one who stands in; a host whom somebody chose stays.
/// </summary>
internal static class HostRules
{
    /// <summary>The change that is due; null if none is.</summary>
    public static HostNamed? Decide(Room room, RoomMoment moment)
    {
        var attendance = moment.Attendance;
        var isOwnerHere = attendance.IsPresent(room.OwnerUserId);
        if (isOwnerHere && room.IsHostStandIn && room.HostUserId != room.OwnerUserId)
            return new HostNamed(room.OwnerUserId, HostReasons.Returned, IsStandIn: false, moment.NowMs);
        if (!IsGraceOver(room, moment) || attendance.Members.IsEmpty)
            return null;
        var successor = isOwnerHere ? room.OwnerUserId : LongestPresent(attendance);
        return new HostNamed(successor, HostReasons.Timeout, IsStandIn: successor != room.OwnerUserId, moment.NowMs);
    }

    /// <summary>When <see cref="Decide"/> may next have something to say by the passing of time alone.</summary>
    public static long? DueAtMs(Room room, Attendance attendance, RoomOptions options) =>
        attendance.HostAbsentSinceMs is { } since && !attendance.Members.IsEmpty && room.HostUserId is not null
            ? since + (long)options.HostGrace.TotalMilliseconds
            : null;

    private static bool IsGraceOver(Room room, RoomMoment moment) =>
        room.HostUserId is null || DueAtMs(room, moment.Attendance, moment.Options) <= moment.NowMs;

    private static string LongestPresent(Attendance attendance) =>
        attendance.Members.OrderBy(member => member.Value).ThenBy(member => member.Key, StringComparer.Ordinal).First().Key;
}
