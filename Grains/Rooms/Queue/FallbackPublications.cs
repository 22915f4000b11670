using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>The main channel is told that there is another fallback playlist; what is in it, whoever wants to know reads.</summary>
internal static class FallbackPublications
{
    public static IEnumerable<OutboxEntry> Of(Room room, ImmutableArray<RoomEvent> events)
    {
        if (events.Any(static happened => happened is QueueHappened { Happened: FallbackChanged }))
            yield return OutboxEntry.Of(room, RoomId.KeyOf(room.RoomId), RoomEvents.Fallback, RoomEvents.Fallback, Payload.Of(room.Queue.Fallback.ToView(), WireJson.Default.FallbackView));
    }
}
