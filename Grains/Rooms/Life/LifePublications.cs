using System.Collections.Immutable;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>The main channel is told when the room closes; gateways take everybody out by it.</summary>
internal static class LifePublications
{
    public static IEnumerable<OutboxEntry> Of(Room room, ImmutableArray<RoomEvent> events)
    {
        if (events.OfType<RoomClosed>().LastOrDefault() is not { } closed)
            yield break;
        var closing = new RoomClosing { RoomId = room.RoomId, Reason = closed.Reason, Revision = room.Revision };
        yield return OutboxEntry.Of(room, RoomId.KeyOf(room.RoomId), RoomEvents.Closed, RoomEvents.Closed, Payload.Of(closing, WireJson.Default.RoomClosing));
    }
}
