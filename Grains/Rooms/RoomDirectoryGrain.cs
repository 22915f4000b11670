using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Owns the public list: the most recently active rooms, up to <see cref="RoomDirectoryOptions.RoomsMax"/>; at the bound the one that was silent longest
/// goes. Which rooms are in it is durable, saved at once for a new room and within the save interval otherwise.
/// </summary>
[GrainType("roomdirectory")]
internal sealed class RoomDirectoryGrain(
    [PersistentState("room-directory", "grains")] IPersistentState<RoomDirectoryState> stored,
    IOptions<RoomDirectoryOptions> options,
    ILogger<RoomDirectoryGrain> logger) : Grain, IRoomDirectoryGrain
{
    private const int ListMax = 100;

    private readonly RoomDirectoryOptions _options = options.Value;
    private readonly Dictionary<string, RoomListing> _rooms = new(StringComparer.Ordinal);
    private RoomTimer _save = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _save = new RoomTimer(this, OnSaveAsync);
        foreach (var room in stored.State.Upgrade().Rooms)
            _rooms[room.RoomId] = new RoomListing { RoomId = room.RoomId, Name = room.Name, ListenerCount = 0, UpdatedAtMs = room.UpdatedAtMs };
        return Task.CompletedTask;
    }

    public async Task RegisterAsync(RoomListing listing)
    {
        Put(listing);
        await SaveAsync();
    }

    public Task ReportAsync(RoomListing listing)
    {
        if (Put(listing) && !_save.IsSet)
            _save.Set(_options.SaveInterval);
        return Task.CompletedTask;
    }

    public Task<RoomListingPage> ListAsync(int countMax) => Task.FromResult(new RoomListingPage
    {
        Rooms =
        [
            .. _rooms.Values
                .OrderByDescending(room => room.ListenerCount)
                .ThenByDescending(room => room.UpdatedAtMs)
                .ThenBy(room => room.RoomId, StringComparer.Ordinal)
                .Take(Math.Clamp(countMax, 1, ListMax)),
        ],
        Total = _rooms.Count,
    });

    private async Task OnSaveAsync()
    {
        try
        {
            await SaveAsync();
        }
        catch (Exception exception)
        {
            // The list is right in memory; the next change saves it.
            logger.DirectorySaveFailed(exception);
        }
    }

    /// <summary>Whether the membership of the list, or a name, changed.</summary>
    private bool Put(RoomListing listing)
    {
        var isChange = !_rooms.TryGetValue(listing.RoomId, out var known) || known.Name != listing.Name;
        _rooms[listing.RoomId] = listing;
        if (_rooms.Count > _options.RoomsMax)
            _rooms.Remove(_rooms.Values.MinBy(room => room.UpdatedAtMs)!.RoomId);
        return isChange;
    }

    private async Task SaveAsync()
    {
        stored.State = stored.State with
        {
            Rooms = [.. _rooms.Values.OrderBy(room => room.RoomId, StringComparer.Ordinal).Select(room => new ListedRoom(room.RoomId, room.Name, room.UpdatedAtMs))],
        };
        await stored.WriteStateAsync();
    }
}
