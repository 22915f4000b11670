using System.Collections.Immutable;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What is read of order.</summary>
internal static class ModerationViews
{
    public const int CountMax = RoomRecordsRequest.CountBound;

    /// <summary>What the user is told of their own; of a shadow mute nothing.</summary>
    public static ImmutableArray<SanctionNotice> Of(Room room, string userId, long nowMs) =>
    [
        .. Sanctions.Of(room, userId, nowMs).Where(static sanction => sanction.Kind != SanctionKind.ShadowMute).Select(sanction => new SanctionNotice
        {
            RoomId = room.RoomId, UserId = userId, Kind = sanction.Kind, Revision = sanction.Number, UntilMs = sanction.UntilMs, Reason = sanction.Reason,
        }),
    ];

    /// <summary>Without what whoever reads it is not to know: who has told of them, and that they are, or were, muted without being told.</summary>
    public static RoomRecords Read(Room room, string readerId, RoomRecordsRequest request, long nowMs)
    {
        var records = (request.Kind switch
        {
            RoomRecordKind.Sanctions => SanctionsOf(room, readerId, nowMs),
            RoomRecordKind.Invites => room.Invites.Select(static invite => new RoomRecord
            {
                Number = invite.Value.Number, AtMs = invite.Value.AtMs, Action = invite.Key, ByUserId = invite.Value.By, Detail = RoleLadder.NameOf(invite.Value.Role),
                UntilMs = invite.Value.UntilMs, Uses = invite.Value.Uses, UsesMax = invite.Value.UsesMax,
            }),
            RoomRecordKind.Reports => room.Reports.Where(report => report.UserId != readerId).Select(ToRecord),
            _ => LogOf(room, readerId, nowMs),
        }).Where(record => request.Before is null || record.Number < request.Before).OrderByDescending(static record => record.Number).Take(request.CountMax + 1).ToList();
        return records.Count > request.CountMax
            ? new RoomRecords { Records = [.. records.Take(request.CountMax)], Next = records[request.CountMax - 1].Number }
            : new RoomRecords { Records = [.. records] };
    }

    private static IEnumerable<RoomRecord> SanctionsOf(Room room, string readerId, long nowMs) =>
        room.Sanctions.Where(sanctioned => sanctioned.Key != room.OwnerUserId).SelectMany(sanctioned => sanctioned.Value.Where(sanction => sanction.Counts(nowMs) && !IsHidden(sanction.Kind, sanctioned.Key, readerId)).Select(sanction => new RoomRecord
        {
            Number = sanction.Number,
            AtMs = sanction.FromMs,
            Action = SanctionApplied.WordOf(sanction.Kind),
            ByUserId = sanction.By,
            UserId = sanctioned.Key,
            Detail = sanction.Reason,
            UntilMs = sanction.UntilMs,
        }));

    private static bool IsHidden(SanctionKind kind, string userId, string readerId) => kind == SanctionKind.ShadowMute && userId == readerId;

    private static IEnumerable<RoomRecord> LogOf(Room room, string readerId, long nowMs)
    {
        var oldestMs = nowMs - (long)ModerationLog.Age.TotalMilliseconds;
        return room.Log.Where(line => line.AtMs >= oldestMs && !(line.UserId == readerId && line.IsOfShadowMute)).Select(static line => new RoomRecord
        {
            Number = line.Number, AtMs = line.AtMs, Action = line.Action, ByUserId = line.By, UserId = line.UserId, Detail = line.Detail, UntilMs = line.UntilMs,
        });
    }

    private static RoomRecord ToRecord(MemberReport report) => new()
    {
        Number = report.Number, AtMs = report.AtMs, Action = "report", ByUserId = report.By, UserId = report.UserId, Detail = report.Reason,
    };
}
