namespace WhatsSound.Grains.Storage;

/// <summary>An entry on its way into a room's journal.</summary>
internal sealed class PendingEntry(string room, JournalEntry entry) : PendingWrite
{
    public string Room => room;

    public JournalEntry Entry => entry;

    protected override Exception Conflict() => new JournalConflictException(room, entry.Number);
}
