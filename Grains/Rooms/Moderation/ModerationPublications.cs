using System.Collections.Immutable;
using WhatsSound.Grains.Users;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// The room is told of sanctions without the reasons, and by that gateways know whom to take out. Whom it is about is told with the reason, wherever they are; those who keep order hear of reports.
/// Each sanction of a user stands for itself: the newest of its kind is what counts.
/// </summary>
internal static class ModerationPublications
{
    /// <summary>How many of those who keep order are told of a report, the highest first: each is a channel of their own.</summary>
    private const int ToldMax = 12;

    public static IEnumerable<OutboxEntry> Of(Room room, ImmutableArray<RoomEvent> events)
    {
        foreach (var happened in events)
        {
            if (happened is SanctionApplied { Kind: not SanctionKind.ShadowMute } applied)
            {
                foreach (var entry in Tell(room, new SanctionNotice { RoomId = room.RoomId, UserId = applied.UserId, Kind = applied.Kind, Revision = room.Revision, UntilMs = applied.UntilMs, Reason = applied.Reason }))
                    yield return entry;
            }
            else if (happened is SanctionLifted { Kind: not SanctionKind.ShadowMute } lifted)
            {
                foreach (var entry in Tell(room, new SanctionNotice { RoomId = room.RoomId, UserId = lifted.UserId, Kind = lifted.Kind, Revision = room.Revision, IsLifted = true }))
                    yield return entry;
            }
            else if (happened is MemberReported reported)
            {
                foreach (var entry in Tell(room, reported))
                    yield return entry;
            }
        }
    }

    /// <summary>Says again who is out: a gateway may have lost what was said of it.</summary>
    public static OutboxEntry Repeat(Room room, SanctionNotice notice, long nowMs)
    {
        var entry = ForRoom(room, notice with { Reason = null });
        return entry with { Id = CommandPrint.Of("again", entry.Key, nowMs) };
    }

    private static IEnumerable<OutboxEntry> Tell(Room room, SanctionNotice notice)
    {
        yield return ForRoom(room, notice with { Reason = null });
        yield return ForUser(room, notice.UserId, RoomEvents.Sanction, Payload.Of(notice, WireJson.Default.SanctionNotice));
    }

    private static IEnumerable<OutboxEntry> Tell(Room room, MemberReported reported)
    {
        var data = Payload.Of(
            new ReportNotice { RoomId = room.RoomId, UserId = reported.UserId, ByUserId = reported.By, Reason = reported.Reason, ChatOffset = reported.ChatOffset },
            WireJson.Default.ReportNotice);
        return RoleViews.HoldersOf(room)
            .Where(holder => RoleLadder.RankOf(holder.Role) >= RoleLadder.RankOf(RoomRole.Moderator) && holder.UserId != reported.UserId)
            .Take(ToldMax)
            .Select(holder => ForUser(room, holder.UserId, RoomEvents.Report, data));
    }

    private static OutboxEntry ForRoom(Room room, SanctionNotice notice) => OutboxEntry.Of(
        room, RoomId.KeyOf(room.RoomId), RoomEvents.Sanction, CommandPrint.Of($"{notice.Kind}", notice.UserId), Payload.Of(notice, WireJson.Default.SanctionNotice));

    private static OutboxEntry ForUser(Room room, string userId, string eventName, Payload data) =>
        OutboxEntry.ForUser(userId, new UserNotice(room.RoomId, eventName, CommandPrint.Of(eventName, room.RoomId, room.Revision), data));
}
