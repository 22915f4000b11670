namespace WhatsSound.Grains.Rooms;

/// <summary>How events make a room.</summary>
internal static class RoomFold
{
    public static Room Apply(Room? room, RoomEvent happened)
    {
        if (happened is RoomCreated created)
            return created.ToRoom();
        ArgumentNullException.ThrowIfNull(room);
        var next = happened.ApplyTo(room) with { Revision = room.Revision + 1 };
        if (QueuePublications.IsToldOf(happened))
            next = next with { QueueRevision = next.Revision };
        return happened.ToLog(room) is { } line ? next with { Log = ModerationLog.With(next.Log, line with { Number = next.Revision }) } : next;
    }
}
