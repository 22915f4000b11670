using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What the host's reports of a position lead to: they are passed on, and a drift that lasts anchors the room's vector anew.</summary>
internal sealed class HostPositions(HostPositionRelay relay, RoomTimer delay, IRoomClock clock)
{
    private HostDrift? _drift;
    private string? _hostUserId;

    /// <summary>The vector to be anchored anew; null: the report is within bounds, or the first of a drift. One that another host began is none of this one's.</summary>
    public PlaybackVector? Drifted(string userId, PlaybackVector vector, long positionMs)
    {
        if (_hostUserId != userId)
            (_hostUserId, _drift) = (userId, null);
        (_drift, var reanchored) = PlaybackRules.Report(vector, _drift, positionMs, clock.NowMs);
        return reanchored;
    }

    public async Task PassOnAsync(string userId, ReportHostPosition report)
    {
        var nowMs = clock.NowMs;
        var position = new HostPosition { EntryId = report.EntryId, PositionMs = report.PositionMs, AtMs = nowMs };
        if (await relay.ReportAsync(userId, position, nowMs) is { } wait && !delay.IsSet)
            delay.Set(wait);
    }

    public Task SendWaitingAsync(Room? room) => relay.SendWaitingAsync(room?.HostUserId, room?.Current?.EntryId, clock.NowMs);
}
