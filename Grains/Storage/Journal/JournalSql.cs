namespace WhatsSound.Grains.Storage;

/// <summary>The statements of the journal, the same on every database.</summary>
internal static class JournalSql
{
    /// <summary>
    /// Affects no row if the entry is not the next one. The newest entry is the head: it is never trimmed, so no other row has to be written. Of two writers that come
    /// with the same number at the same time, the key takes one.
    /// </summary>
    public const string Append =
        """
        INSERT INTO RoomJournal (Room, EntryNumber, Revision, AtMs, Author, Content)
        SELECT @p1, @p2, @p3, @p4, @p5, @p6
        WHERE @p2 = 1 + COALESCE((SELECT MAX(EntryNumber) FROM RoomJournal WHERE Room = @p1), 0)
        ON CONFLICT DO NOTHING
        """;

    public const string ReadAfter =
        """
        SELECT EntryNumber AS "Number", Revision, AtMs, Author, Content FROM RoomJournal
        WHERE Room = @room AND EntryNumber > @afterNumber ORDER BY EntryNumber LIMIT @countMax
        """;

    public const string TrimStep =
        """
        DELETE FROM RoomJournal WHERE Room = @room AND EntryNumber IN
            (SELECT EntryNumber FROM RoomJournal
             WHERE Room = @room AND EntryNumber <= @upToNumber AND EntryNumber < (SELECT MAX(EntryNumber) FROM RoomJournal WHERE Room = @room)
             ORDER BY EntryNumber LIMIT @stepMax)
        """;
}
