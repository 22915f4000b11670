using Microsoft.Extensions.Logging;
using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>A room's place in the list of rooms.</summary>
internal sealed class RoomListings(IGrainFactory grains, IRoomClock clock, ILogger logger)
{
    /// <summary>Enters a new room. Where that fails, its next report does it: the room exists.</summary>
    public async Task RegisterAsync(Room room, int listenerCount)
    {
        if (!room.Settings.IsListed)
            return;
        try
        {
            await Directory.RegisterAsync(ToListing(room, listenerCount));
        }
        catch (Exception exception)
        {
            logger.UpkeepFailed(room.RoomId, exception);
        }
    }

    public Task ReportAsync(Room room, int listenerCount) => room.Settings.IsListed ? Directory.ReportAsync(ToListing(room, listenerCount)) : Task.CompletedTask;

    private IRoomDirectoryGrain Directory => grains.GetGrain<IRoomDirectoryGrain>(IRoomDirectoryGrain.Key);

    private RoomListing ToListing(Room room, int listenerCount) => new()
    {
        RoomId = room.RoomId,
        Name = room.Settings.Name,
        ListenerCount = listenerCount,
        NowPlaying = room.Playback.Current?.Track.Title,
        UpdatedAtMs = clock.NowMs,
    };
}
