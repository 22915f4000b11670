using System.Text.Json.Serialization;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Playback;

namespace WhatsSound.Grains.Rooms;

/// <summary>An entry became the current one: one of the queue, or a new one of the fallback playlist's track of this index.</summary>
internal sealed record TrackStarted(
    string EntryId,
    PlaybackVector Vector,
    long AtMs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? FallbackIndex = null) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with
    {
        Playback = new PlaybackState { Vector = Vector },
        Queue = QueueFold.Apply(
            room.Queue,
            FallbackIndex is { } index ? new FallbackStarted(EntryId, index, Vector.AnchorTimeMs) : new SongStarted(EntryId, Vector.AnchorTimeMs)),
    };
}
