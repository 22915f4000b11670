namespace WhatsSound.Grains.Storage;

/// <summary>A row of <c>RoomJournal</c>.</summary>
internal sealed record JournalRow(long Number, long Revision, long AtMs, string? Author, byte[] Content)
{
    public JournalEntry ToEntry() => new(Number, Revision, AtMs, Author, Content);
}
