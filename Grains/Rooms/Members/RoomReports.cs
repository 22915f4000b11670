using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What members' players report: without an id, and answered without a receipt. Most of it is remembered only; what it brings about by itself is decided as any other command.</summary>
internal sealed class RoomReports
{
    private readonly RoomStore _store;
    private readonly RoomWriter _writer;
    private readonly RoomMembers _members;
    private readonly RoomAccess _access;
    private readonly HostPositions _hostPositions;

    public RoomReports(IGrainBase grain, RoomStore store, RoomWriter writer, RoomMembers members, RoomAccess access, HostPositionRelay relay, IRoomClock clock)
    {
        (_store, _writer, _members, _access) = (store, writer, members, access);
        _hostPositions = new HostPositions(relay, new RoomTimer(grain, OnHostPositionDelayAsync), clock);
    }

    private Room? Room => _store.Room;

    /// <summary>Takes a report of a member.</summary>
    public async Task<Answer<Done>> TakeAsync(string userId, RoomAction report)
    {
        if (CommandRules.CheckUserId("userId", userId) is { } malformed)
            return malformed;
        if (ActionRules.Find(report) is not { IsReport: true } rule)
            return ActionRules.Unknown();
        if (rule.Check(report) is { } badRequest)
            return badRequest;
        if (Room is null)
            return _access.NotFound();
        if (_access.CheckMember(userId) is { } notMember)
            return notMember;
        if (report is ReportLatency latency)
        {
            _members.Latencies.Report(userId, latency.OneWayMs, _members.Attendance.Members);
            return Done.Value;
        }

        if (report is ReportActive)
            _members.Saw(userId);
        // Of other songs it would only push out what others have said.
        if (report is ReportReady ready && (ready.EntryId == Room.Current?.EntryId || ready.EntryId == PlaybackPublications.HintOf(Room)?.EntryId))
            _members.Readiness.Report(userId, ready.EntryId);
        if (!await _writer.CatchUpAsync())
            return RoomRefusals.NotReady();
        var decision = rule.Answer(_writer.TurnOf(userId), report);
        if ((decision.Refusal ?? await _writer.CommitAsync(decision)) is { } refusal)
            return refusal;
        return report is ReportHostPosition position && await TakePositionAsync(userId, position) is { } unsaved ? unsaved : Done.Value;
    }

    private async Task<Refusal?> TakePositionAsync(string userId, ReportHostPosition report)
    {
        if (_hostPositions.Drifted(userId, Room!.Playback.Vector, report.PositionMs) is { } vector
            && await _writer.CommitAsync(PlaybackCommandRules.Reanchor(Room, vector, _writer.Moment)) is { } unsaved)
            return unsaved;
        await _hostPositions.PassOnAsync(userId, report);
        return null;
    }

    private Task OnHostPositionDelayAsync() => _hostPositions.SendWaitingAsync(Room);
}
