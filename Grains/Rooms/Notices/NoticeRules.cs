namespace WhatsSound.Grains.Rooms;

/// <summary>Which songs' adders are to be told that theirs comes next: while another plays, of a song that they were not told of.</summary>
internal static class NoticeRules
{
    /// <summary>Null: nobody is to be told.</summary>
    public static NextNamed? Decide(Room room, long nowMs) =>
        room.Current is not null && room.Queue.Next is { } next && !room.NextNamed.Contains(next.EntryId, StringComparer.Ordinal) ? new NextNamed(next.EntryId, nowMs) : null;
}
