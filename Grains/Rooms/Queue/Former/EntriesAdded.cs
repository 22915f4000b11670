using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Songs;

namespace WhatsSound.Grains.Rooms;

/// <summary>Songs were queued, as journals had it before <see cref="QueueHappened"/>: each with the sequence that follows from the queue.</summary>
internal sealed record EntriesAdded(ImmutableArray<FormerEntry> Entries, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => Entries is not [var first, ..] ? room : room with
    {
        Queue = QueueFold.Apply(
            room.Queue, new SongsAdded([.. Entries.Select(entry => new NewSong(entry.EntryId, entry.Track))], first.AddedBy, first.AddedByName, AtMs)),
    };
}
