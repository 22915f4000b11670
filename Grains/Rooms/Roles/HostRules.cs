using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Who is host. A host who has left, or is gone for the grace, is followed by the owner if here, otherwise by the co-hosts in their order, otherwise by the member who has been
/// here longest. The owner regains on return from one who stands in; a host whom somebody chose stays.
/// </summary>
internal static class HostRules
{
    /// <summary>Somebody is made the host by one who may. Nobody takes it from a host who is here and stands as high as they do.</summary>
    public static RoomDecision Transfer(RoomTurn turn, string toUserId)
    {
        if (!turn.IsHere(toUserId))
            return Refusals.Final(RefusalCode.NotMember, "The user to hand over to is not in the room.", toUserId);
        if (turn.Room.HostUserId is { } host && host != turn.UserId && turn.Moment.Attendance.IsPresent(host)
            && RoleLadder.CheckAbove(turn.Room, turn.UserId, host) is { } refusal)
            return refusal;
        return turn.Room.HostUserId == toUserId
            ? turn.Nothing()
            : turn.Decide(new HostNamed(toUserId, HostReasons.Transfer, IsStandIn: false, turn.NowMs, turn.UserId));
    }

    /// <summary>The change that is due; null if none is.</summary>
    public static HostNamed? Decide(Room room, RoomMoment moment)
    {
        var attendance = moment.Attendance;
        var isOwnerHere = attendance.IsPresent(room.OwnerUserId);
        if (isOwnerHere && room.IsHostStandIn && room.HostUserId != room.OwnerUserId)
            return new HostNamed(room.OwnerUserId, HostReasons.Returned, IsStandIn: false, moment.NowMs);
        if (!IsGraceOver(room, moment) || (isOwnerHere ? room.OwnerUserId : Successor(room, moment)) is not { } successor || successor == room.HostUserId)
            return null;
        return new HostNamed(successor, HasLeft(room, moment) ? HostReasons.Left : HostReasons.Timeout, IsStandIn: successor != room.OwnerUserId, moment.NowMs);
    }

    /// <summary>When <see cref="Decide"/> may next have something to say by the passing of time alone: the grace is over, or somebody may run the room again.</summary>
    public static long? DueAtMs(Room room, RoomMoment moment)
    {
        var attendance = moment.Attendance;
        if (attendance.Members.IsEmpty || !IsGone(room, moment))
            return null;
        var overAtMs = GraceOverAtMs(room, moment);
        return overAtMs > moment.NowMs || Successor(room, moment) is not null ? overAtMs : Sanctions.NextEndMs(room, attendance.Members.Keys, moment.NowMs);
    }

    private static bool IsGone(Room room, RoomMoment moment) =>
        room.HostUserId is not { } host || moment.Attendance.HostAbsentSinceMs is not null || Sanctions.IsOut(room, host, moment.NowMs);

    private static bool IsGraceOver(Room room, RoomMoment moment) => IsGone(room, moment) && GraceOverAtMs(room, moment) <= moment.NowMs;

    /// <summary>Nobody waits for who meant to go, or said goodbye: presence has waited for the page that might have been loading again.</summary>
    private static bool HasLeft(Room room, RoomMoment moment) => room.HostUserId is { } host && moment.Attendance.HostLeft == host;

    /// <summary>For whoever was sent out, or has left, there is none.</summary>
    private static long GraceOverAtMs(Room room, RoomMoment moment) =>
        room.HostUserId is { } host && !Sanctions.IsOut(room, host, moment.NowMs) && moment.Attendance.HostAbsentSinceMs is { } since
            ? since + (HasLeft(room, moment) ? 0 : (long)moment.Options.HostGrace.TotalMilliseconds)
            : moment.NowMs;

    /// <summary>
    /// The first co-host of the succession who is here, any other co-host, or anybody: who has been here longest. Nobody who is under a sanction; null: there is nobody else.
    /// </summary>
    private static string? Successor(Room room, RoomMoment moment)
    {
        var attendance = moment.Attendance;
        return room.Succession.FirstOrDefault(userId => attendance.IsPresent(userId) && MayRun(userId))
            ?? attendance.Members
                .Where(member => MayRun(member.Key))
                .OrderByDescending(member => RoleLadder.RoleOf(room, member.Key) == RoomRole.CoHost)
                .ThenBy(member => member.Value)
                .ThenBy(member => member.Key, StringComparer.Ordinal)
                .Select(static member => member.Key)
                .FirstOrDefault();

        bool MayRun(string userId) => Sanctions.IsInGoodStanding(room, userId, moment.NowMs) && !moment.IsKicked(userId);
    }
}
