using System.Globalization;
using WhatsSound.Channels;
using WhatsSound.Playback;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Passes the host's position on to the playback channel: not more often than the interval, and always the last one.</summary>
internal sealed class HostPositionRelay(string roomId, RoomChannels channels, RoomPositions positions, RoomOptions options, string runId)
{
    private (string UserId, HostPosition Position)? _waiting;
    private long? _sentAtMs;
    private long _count;

    /// <summary>How long until the position goes out with <see cref="SendWaitingAsync"/>; null: it went out now.</summary>
    public async Task<TimeSpan?> ReportAsync(string userId, HostPosition position, long nowMs)
    {
        var waitMs = _sentAtMs + (long)options.HostPositionInterval.TotalMilliseconds - nowMs;
        if (waitMs > 0)
        {
            _waiting = (userId, position);
            return TimeSpan.FromMilliseconds(waitMs.Value);
        }

        await SendAsync(userId, position, nowMs);
        return null;
    }

    /// <summary>Sends the newest position that had to wait, unless its song is over or who reported it is host no more: then it is dropped.</summary>
    public async Task SendWaitingAsync(string? hostUserId, string? currentEntryId, long nowMs)
    {
        if (_waiting is not var (userId, position))
            return;
        _waiting = null;
        if (userId == hostUserId && position.EntryId == currentEntryId)
            await SendAsync(userId, position, nowMs);
    }

    private async Task SendAsync(string userId, HostPosition position, long nowMs)
    {
        _waiting = null;
        _sentAtMs = nowMs;
        var channel = RoomId.PlaybackOf(roomId);
        var request = new PublishRequest
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{runId}-{++_count}"),
            Event = RoomEvents.HostPosition,
            Key = RoomEvents.HostPosition,
            Data = Payload.Of(position, WireJson.Default.HostPosition),
            Publisher = userId,
        };
        if (await channels.AskAsync(channel, grain => grain.PublishAsync(request)) is { Value: { } published })
            positions.Took(channel, published.Position);
    }
}
