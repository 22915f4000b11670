using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>The first event of a room.</summary>
internal sealed record RoomCreated(string RoomId, RoomSettings Settings, string OwnerUserId, long AtMs) : RoomEvent(AtMs)
{
    public Room ToRoom() => new()
    {
        RoomId = RoomId,
        Settings = Settings,
        OwnerUserId = OwnerUserId,
        HostUserId = OwnerUserId,
        CreatedAtMs = AtMs,
        Revision = 1,
        QueueRevision = 1,
        Playback = new PlaybackState { Vector = PlaybackRules.Initial(AtMs) },
    };

    public override Room ApplyTo(Room room) => throw new InvalidOperationException($"The room {room.RoomId} was created before.");
}
