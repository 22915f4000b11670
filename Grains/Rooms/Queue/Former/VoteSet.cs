using WhatsSound.Grains.Queue.Songs;

namespace WhatsSound.Grains.Rooms;

/// <summary>Somebody's vote on a queued song is -1, 0 or +1 from now on, as journals had it before <see cref="QueueHappened"/>.</summary>
internal sealed record VoteSet(string EntryId, string UserId, int Value, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with { Queue = QueueFold.Apply(room.Queue, new VoteChanged(EntryId, UserId, Value, AtMs)) };
}
