using Microsoft.Extensions.Logging;
using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>A room's place in the list of rooms. A room that is closed, or not for everybody to find, has none.</summary>
internal sealed class RoomListings(IGrainFactory grains, RoomDirectoryOptions options, RoomOptions limits, IRoomClock clock, TimeProvider time, ILogger logger)
{
    /// <summary>How often it is said that a room is out of the list: nothing is waited for, and one may be lost.</summary>
    private const int RemovalsMax = 3;

    private int _removals;

    /// <summary>Enters a new room. Where that fails, or takes too long, its next report does it: the room exists.</summary>
    public async Task RegisterAsync(Room room, int listenerCount)
    {
        if (!IsListed(room))
            return;
        try
        {
            await ShardOf(room).RegisterAsync(ToListing(room, listenerCount), room.Revision).WaitAsync(limits.ChannelTimeout, time);
        }
        catch (Exception exception)
        {
            logger.UpkeepFailed(room.RoomId, exception);
        }
    }

    /// <summary>Says how the room is now, in the list or out of it. Nothing is waited for: what is lost the next report makes good.</summary>
    public async Task ReportAsync(Room room, int listenerCount)
    {
        try
        {
            if (IsListed(room))
            {
                _removals = 0;
                await ShardOf(room).ReportAsync(ToListing(room, listenerCount), room.Revision);
            }
            else if (_removals < RemovalsMax)
            {
                _removals++;
                await ShardOf(room).RemoveAsync(room.RoomId, room.Revision);
            }
        }
        catch (Exception exception)
        {
            logger.UpkeepFailed(room.RoomId, exception);
        }
    }

    private static bool IsListed(Room room) => room is { ClosedAtMs: null, Settings: { IsListed: true, IsInviteOnly: false } };

    private IRoomShardGrain ShardOf(Room room) => grains.ShardOf(room.RoomId, options.ShardsCount);

    private RoomListing ToListing(Room room, int listenerCount) => new()
    {
        RoomId = room.RoomId,
        Name = room.Settings.Name,
        ListenerCount = listenerCount,

        // What is heard behind a password is for those who have it.
        NowPlaying = room.Settings.HasPassword ? null : room.Current?.Track.Title,
        UpdatedAtMs = clock.NowMs,
        Tags = room.Settings.Tags,
        HasPassword = room.Settings.HasPassword,
        CreatedAtMs = room.CreatedAtMs,
    };
}
