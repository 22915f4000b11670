using System.Collections.Immutable;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// What a room's channels are told of its events: of each kind, one publication per decision, made by its feature. The id follows from the revision.
/// </summary>
internal static class RoomPublications
{
    private static readonly ImmutableArray<Func<Room, ImmutableArray<RoomEvent>, IEnumerable<OutboxEntry>>> Features =
        [PlayPublications.Of, ModerationPublications.Of, SettingsPublications.Of, FallbackPublications.Of, LifePublications.Of, NoticePublications.Of];

    /// <param name="before">The room before the events; null: there was none, or it is not known.</param>
    /// <param name="room">The room after the events.</param>
    /// <param name="events">What was decided at once.</param>
    public static ImmutableArray<OutboxEntry> Of(Room? before, Room room, ImmutableArray<RoomEvent> events) =>
        [.. QueuePublications.Of(before, room, events), .. PlaybackPublications.Of(room, events), .. RolePublications.Of(before, room, events), .. Features.SelectMany(feature => feature(room, events))];
}
