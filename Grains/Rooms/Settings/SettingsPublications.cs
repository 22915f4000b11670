using System.Collections.Immutable;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>The main channel is told how the room is set.</summary>
internal static class SettingsPublications
{
    public static IEnumerable<OutboxEntry> Of(Room room, ImmutableArray<RoomEvent> events)
    {
        if (events.Any(static happened => happened is SettingsChanged))
            yield return OutboxEntry.Of(room, RoomId.KeyOf(room.RoomId), RoomEvents.Settings, RoomEvents.Settings, Payload.Of(room.Settings, WireJson.Default.RoomSettings));
    }
}
