using System.Collections.Immutable;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>The main channel is told of each host, and of who is what.</summary>
internal static class RolePublications
{
    /// <param name="before">The room before the events; null: not known.</param>
    /// <param name="room">The room after them.</param>
    /// <param name="events">What was decided at once.</param>
    public static IEnumerable<OutboxEntry> Of(Room? before, Room room, ImmutableArray<RoomEvent> events)
    {
        var channel = RoomId.KeyOf(room.RoomId);

        // Most who come by an invite get no role by it: nobody else's are told to everybody for that.
        var isOther = before is null || !ReferenceEquals(before.Roles, room.Roles);
        if (events.Any(happened => happened is RoleGranted or RoleRevoked || (happened is InviteUsed && isOther) || happened is OwnershipOffered or OwnershipOfferEnded or OwnerChanged or SuccessionSet or PermissionSet))
            yield return OutboxEntry.Of(room, channel, RoomEvents.Roles, RoomEvents.Roles, Payload.Of(RoleViews.Of(room, events[^1].AtMs), WireJson.Default.RoomRoles));
        if (events.OfType<HostNamed>().LastOrDefault() is not { } named)
            yield break;
        var changed = new HostChanged { HostUserId = named.HostUserId, Reason = named.Reason };
        yield return OutboxEntry.Of(room, channel, RoomEvents.HostChanged, null, Payload.Of(changed, WireJson.Default.HostChanged));
    }
}
