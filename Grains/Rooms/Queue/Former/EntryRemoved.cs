using WhatsSound.Grains.Queue.Songs;

namespace WhatsSound.Grains.Rooms;

/// <summary>A song was taken out of the queue, unplayed, as journals had it before <see cref="QueueHappened"/>.</summary>
internal sealed record EntryRemoved(string EntryId, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with { Queue = QueueFold.Apply(room.Queue, new SongRemoved(EntryId, RemovalReasons.Removed, null, AtMs)) };
}
