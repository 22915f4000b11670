using System.Globalization;
using WhatsSound.Channels;
using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Passes the host's position on to the playback channel: not more often than the interval, and always the last one.</summary>
internal sealed class HostPositionRelay(string roomId, RoomChannels channels, RoomPositions positions, RoomOptions options, string runId)
{
    private HostPosition? _waiting;
    private long? _sentAtMs;
    private long _count;

    /// <summary>How long until the position goes out with <see cref="SendWaitingAsync"/>; null: it went out now.</summary>
    public async Task<TimeSpan?> ReportAsync(string userId, HostPosition position, long nowMs)
    {
        var waitMs = _sentAtMs + (long)options.HostPositionInterval.TotalMilliseconds - nowMs;
        if (waitMs > 0)
        {
            _waiting = position;
            return TimeSpan.FromMilliseconds(waitMs.Value);
        }

        await SendAsync(userId, position, nowMs);
        return null;
    }

    /// <summary>Sends the newest position that had to wait, unless its song is over.</summary>
    public Task SendWaitingAsync(string? userId, string? currentEntryId, long nowMs) =>
        userId is not null && _waiting is { } position && position.EntryId == currentEntryId ? SendAsync(userId, position, nowMs) : Task.CompletedTask;

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
