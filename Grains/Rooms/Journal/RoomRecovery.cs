using System.Collections.Immutable;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// How a room comes back: its snapshot, and every entry of its journal after it, in their order. Entries before the snapshot are there for the answers that they
/// have. Pure, so that the same rows make the same room everywhere.
/// </summary>
internal sealed class RoomRecovery
{
    private readonly List<(long Number, Room? Before, Room Room, ImmutableArray<RoomEvent> Events)> _happened = [];
    private readonly ImmutableArray<OutboxEntry> _unsent;
    private readonly Receipts _receipts;
    private long _published;
    private long _head;

    public RoomRecovery(RoomState snapshot, Receipts receipts)
    {
        Room = snapshot.Room;
        Number = snapshot.Number;
        SavedAtMs = snapshot.SavedAtMs;
        Members = ImmutableDictionary.CreateRange(snapshot.Members.Select(member => KeyValuePair.Create(member.UserId, member.JoinedAtMs)));
        _unsent = snapshot.Outbox;
        _receipts = receipts;
        foreach (var receipt in snapshot.Receipts)
            receipts.Add(receipt, number: 0);
    }

    public Room? Room { get; private set; }

    /// <summary>The last entry.</summary>
    public long Number { get; private set; }

    public long SavedAtMs { get; private set; }

    public ImmutableDictionary<string, long> Members { get; private set; }

    /// <summary>
    /// What is not known to be published: of the snapshot, and of the entries after those that were. What a version without a journal had left counts until any entry
    /// of the journal says that something was.
    /// </summary>
    public ImmutableArray<OutboxEntry> Unsent =>
    [
        .. _unsent.Where(entry => entry.Number > _published || _published == 0),
        .. _happened.Where(happened => happened.Number > _published)
            .SelectMany(happened => RoomPublications.Of(happened.Before, happened.Room, happened.Events).Select(entry => entry with { Number = happened.Number })),
    ];

    /// <summary>Up to which entry everything is known to be published.</summary>
    public long PublishedUpTo => Unsent is { IsEmpty: false } unsent ? Math.Max(0, unsent.Min(static entry => entry.Number) - 1) : Number;

    /// <summary>All rows were taken. The newest entry is never deleted: a journal that ends before the snapshot has lost entries, and takes none after the snapshot's.</summary>
    public void End()
    {
        if (_head < Number)
            throw new InvalidDataException($"The journal ends with entry {_head}, before {Number}, which the snapshot has.");
    }

    /// <summary>Takes the next row. A gap, or a room that is not the one that was written, is no room that could go on.</summary>
    public void Take(JournalEntry row)
    {
        var entry = RoomEntry.Read(row.Content);
        foreach (var receipt in entry.Receipts ?? [])
            _receipts.Add(receipt, row.Number);
        _published = Math.Max(_published, entry.Published);
        _head = row.Number;
        if (row.Number <= Number)
            return;
        if (row.Number != Number + 1)
            throw new InvalidDataException($"The journal has entry {row.Number} after {Number}.");
        var before = Room;
        Room = entry.ApplyTo(before);
        if (row.Revision != (Room?.Revision ?? 0))
            throw new InvalidDataException($"Entry {row.Number} of the journal leads to revision {Room?.Revision ?? 0}, not {row.Revision}.");
        Number = row.Number;
        SavedAtMs = row.AtMs;
        Members = entry.Members?.ApplyTo(Members) ?? Members;
        if (Room is { } room && entry.Events is { } events)
            _happened.Add((row.Number, before, room, events));
    }
}
