namespace WhatsSound.Grains.Rooms;

/// <summary>A member has told of a user.</summary>
internal sealed record MemberReported(string UserId, string By, string Reason, long? ChatOffset, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room)
    {
        var left = room.Reports.Length < MemberReport.Max ? room.Reports : room.Reports.RemoveAt(ModerationLog.OldestOfMost(room.Reports, static report => report.By));
        return room with { Reports = left.Add(new MemberReport(room.Revision + 1, AtMs, By, UserId, Reason, ChatOffset)) };
    }
}
