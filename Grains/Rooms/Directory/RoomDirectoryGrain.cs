using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Stands for the public list before programs of an older version, and has what that version saved of it, which never changes: each part takes its rooms over when it is active for the first time.
/// </summary>
[GrainType("roomdirectory")]
internal sealed class RoomDirectoryGrain(
    [PersistentState("room-directory", "grains")] IPersistentState<RoomDirectoryState> stored, IOptions<RoomDirectoryOptions> options) : Grain, IRoomDirectoryGrain
{
    public Task RegisterAsync(RoomListing listing) => ShardOf(listing.RoomId).RegisterAsync(listing, revision: 0);

    public Task ReportAsync(RoomListing listing) => ShardOf(listing.RoomId).ReportAsync(listing, revision: 0);

    public Task RemoveAsync(string roomId) => ShardOf(roomId).RemoveAsync(roomId, revision: 0);

    public async Task<RoomListingPage> ListAsync(int countMax) =>
        (await GrainFactory.GetGrain<IRoomFinderGrain>(IRoomFinderGrain.Key).FindAsync(new RoomQuery { CountMax = Math.Clamp(countMax, 1, RoomQuery.CountBound) })).Value
        ?? new RoomListingPage { Rooms = [], Total = 0, IsPartial = true };

    public Task<ImmutableArray<RoomListing>> ReadFormerAsync(int number, int count) => Task.FromResult<ImmutableArray<RoomListing>>(
    [
        .. stored.State.Upgrade().Rooms.Where(room => RoomShards.NumberOf(room.RoomId, count) == number)
            .Select(static room => new RoomListing { RoomId = room.RoomId, Name = room.Name, ListenerCount = 0, UpdatedAtMs = room.UpdatedAtMs }),
    ]);

    private IRoomShardGrain ShardOf(string roomId) => GrainFactory.ShardOf(roomId, options.Value.ShardsCount);
}
