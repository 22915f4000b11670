using WhatsSound.Playback;

namespace WhatsSound.Grains.Rooms;

/// <summary>The current entry was paused, resumed, moved, or anchored anew.</summary>
internal sealed record VectorChanged(PlaybackVector Vector, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with { Playback = room.Playback with { Vector = Vector, ListenedMs = room.Playback.ListenedMs + PlaybackRules.PlayedMs(room.Playback.Vector, AtMs) } };
}
