using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Queue.Songs;

namespace WhatsSound.Grains.Rooms;

/// <summary>Somebody wants the current song skipped, or no more, as journals had it before <see cref="QueueHappened"/>.</summary>
internal sealed record SkipVoteSet(string UserId, bool IsOn, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) =>
        room with { Queue = QueueFold.Apply(room.Queue, new BallotChanged(room.Queue.Current?.Song.EntryId ?? "", UserId, BallotKind.Skip, IsOn, AtMs)) };
}
