using WhatsSound.Grains.Rooms;
using WhatsSound.Grains.Storage;
using WhatsSound.Playback;
using WhatsSound.Queue;
using WhatsSound.Tests.Rules.Rooms;

namespace WhatsSound.Tests.Simulation.Judges;

/// <summary>Looks at every entry that a room's journal takes, and at the step from the room before: what was ever saved is kept, once, in order. Safe from any thread.</summary>
internal sealed class RoomJudge(Findings findings, OrderJudge order)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _added = [];
    private readonly HashSet<string> _ended = [];
    private readonly HashSet<string> _removable = [];
    private readonly HashSet<string> _urls = [];
    private readonly Dictionary<long, Room> _byNumber = [];
    private readonly HashSet<(string EntryId, long PositionMs)> _seeks = [];

    /// <summary>The room as it was last saved.</summary>
    public Room? Room { get; private set; }

    public IReadOnlyList<string> Ended
    {
        get
        {
            lock (_gate)
                return [.. _ended.Order(StringComparer.Ordinal)];
        }
    }

    public bool HasAdded(string entryId)
    {
        lock (_gate)
            return _added.Contains(entryId);
    }

    public bool HasUrl(string url)
    {
        lock (_gate)
            return _urls.Contains(url);
    }

    /// <summary>Somebody has asked for it, so it may leave the queue unplayed.</summary>
    public void MayRemove(string entryId)
    {
        lock (_gate)
            _removable.Add(entryId);
    }

    /// <summary>Somebody has asked for it, so the position may jump there.</summary>
    public void MaySeek(string entryId, long positionMs)
    {
        lock (_gate)
            _seeks.Add((entryId, positionMs));
    }

    /// <summary>The journal has taken an entry: the room is what it makes of it.</summary>
    public void Saw(JournalEntry row)
    {
        lock (_gate)
        {
            var entry = RoomEntry.Read(row.Content);
            Tell(Room, entry);
            if (entry.ApplyTo(Room) is not { } room)
                return;
            findings.Check(room.Revision == row.Revision, "INV-R3", () => $"entry {row.Number} leads to revision {room.Revision}, and its room is at {row.Revision}.");
            Saw(room, row.AtMs);
            _byNumber[row.Number] = room;
        }
    }

    /// <summary>The storage has taken a snapshot: it is the room after that entry.</summary>
    public void Saw(RoomState snapshot)
    {
        lock (_gate)
        {
            if (snapshot.Room is not { } room || !_byNumber.TryGetValue(snapshot.Number, out var known))
                return;

            // But for what can be undone, which a snapshot has for as long as it can.
            var isSame = CanonicalJson.Of(room.At(long.MaxValue)) == CanonicalJson.Of(known.At(long.MaxValue));
            findings.Check(isSame, "INV-R3", () => $"the snapshot after entry {snapshot.Number} is another room than the journal makes.");
        }
    }

    private void Tell(Room? room, RoomEntry entry)
    {
        foreach (var happened in entry.Events ?? [])
        {
            order.Saw(room, happened);
            room = new RoomEntry { Events = [happened] }.ApplyTo(room);
        }
    }

    private void Saw(Room room, long savedAtMs)
    {
        findings.Check(Room is null || room.Revision >= Room.Revision, "INV-R2", () => $"revision {room.Revision} was saved after {Room!.Revision}.");
        foreach (var entry in room.Queue.Songs.Values.OrderBy(entry => entry.Sequence))
            CountAdded(entry.EntryId, entry.Track);
        if (room.Current is { } current)
            CountAdded(current.EntryId, current.Track);
        foreach (var item in room.History.Reverse())
            CountEnded(item);
        CheckConserved(room);
        CheckPlayback(room, savedAtMs);
        Room = room;
    }

    private void CountAdded(string entryId, Track track)
    {
        if (_added.Add(entryId))
            findings.Check(_urls.Add(track.Url), "INV-R1", () => $"{track.Url} was added twice, again as {entryId}.");
        findings.Check(!_ended.Contains(entryId), "INV-T5", () => $"{entryId} ended, and is back.");
    }

    private void CountEnded(HistoryItem item)
    {
        if (Room?.History.Any(known => known.EntryId == item.EntryId) == true)
            return;
        CountAddedBeforeEnded(item);
        findings.Check(_ended.Add(item.EntryId), "INV-T5", () => $"{item.EntryId} ended twice, again by {item.EndReason}.");
    }

    /// <summary>An entry may be added, played and ended between two saves.</summary>
    private void CountAddedBeforeEnded(HistoryItem item)
    {
        if (!_ended.Contains(item.EntryId))
            CountAdded(item.EntryId, item.Track);
    }

    private void CheckConserved(Room room)
    {
        foreach (var entryId in _added)
        {
            var places = (room.Queue.Songs.ContainsKey(entryId) ? 1 : 0) + (room.Current?.EntryId == entryId ? 1 : 0) + (_ended.Contains(entryId) ? 1 : 0);
            var isHere = places == 1 || (places == 0 && _removable.Contains(entryId));
            findings.Check(isHere, "INV-Q1", () => $"{entryId} is in {places} places at revision {room.Revision}.");
        }
    }

    private void CheckPlayback(Room room, long nowMs)
    {
        var vector = room.Playback.Vector;
        var currentId = room.Current?.EntryId;
        findings.Check(vector.EntryId == currentId, "INV-T4", () => $"the vector is of {vector.EntryId}, current is {currentId}.");
        findings.Check(currentId is null ? vector.Status != PlaybackStatus.Playing : vector.Status != PlaybackStatus.Idle, "INV-T4", () => $"{vector.Status} with {currentId}.");
        findings.Check(
            vector.AnchorPositionMs >= 0 && vector.AnchorPositionMs <= vector.DurationMs, "INV-T2", () => $"{vector}");
        if (Room?.Playback.Vector is not { } before || before == vector)
            return;
        findings.Check(
            (vector.Epoch, vector.Revision).CompareTo((before.Epoch, before.Revision)) > 0, "INV-T3", () => $"{vector} was saved after {before}.");
        if (before.EntryId is not { } entryId || entryId != vector.EntryId)
            return;
        findings.Check(before.DurationMs == vector.DurationMs, "INV-T9", () => $"{before} became {vector}.");
        var jumpMs = Math.Abs(vector.PositionAtMs(nowMs) - before.PositionAtMs(nowMs));
        var isContinuous = jumpMs <= Findings.SlackMs || _seeks.Contains((entryId, vector.AnchorPositionMs));
        findings.Check(isContinuous, "INV-T1", () => $"the position jumped by {jumpMs} ms: {before} became {vector}.");
    }
}
