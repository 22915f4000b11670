using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Playback;
using WhatsSound.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Owns a part of the public list, in memory as <see cref="ListedRooms"/>. Saved at once for a new room and within the save interval otherwise. Bounded by
/// <see cref="RoomDirectoryOptions"/>.
/// </summary>
[GrainType("roomshard")]
internal sealed class RoomShardGrain(
    [PersistentState("room-shard", "grains")] IPersistentState<RoomShardState> stored,
    IOptions<RoomDirectoryOptions> options,
    IOptions<RoomOptions> rooms,
    IRoomClock clock,
    TimeProvider time,
    ILogger<RoomShardGrain> logger) : Grain, IRoomShardGrain
{
    private static readonly TimeSpan FormerTimeout = TimeSpan.FromSeconds(2);

    /// <summary>How often lines are looked through for rooms that have fallen silent.</summary>
    private const long SettleMs = 5_000;

    /// <summary>How often rooms are looked for that have been silent for as long as a room is kept open, and how many at a time.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromHours(1);
    private const int LookMax = 32;

    private readonly RoomDirectoryOptions _options = options.Value;
    private readonly ListedRooms _rooms = new(options.Value.RoomsPerShardMax);
    private RoomTimer _save = null!;
    private RoomTimer _look = null!;
    private int _number;
    private long _settledAtMs;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _save = new RoomTimer(this, OnSaveAsync);
        _look = new RoomTimer(this, OnLookAsync);
        _look.Set(LookInterval);
        _number = int.Parse(this.GetPrimaryKeyString()[IRoomShardGrain.KeyOf(0)[..^1].Length..], CultureInfo.InvariantCulture);
        var state = stored.State.Upgrade();
        foreach (var room in state.Rooms.Where(room => RoomShards.NumberOf(room.RoomId, _options.ShardsCount) == _number))
            _rooms.Put(room.ToListing(), room.Revision);
        if (!state.HasFormer)
            await AdoptAsync();
    }

    public async Task RegisterAsync(RoomListing listing, long revision)
    {
        if (_rooms.Put(listing, revision))
            await SaveAsync();
    }

    public Task ReportAsync(RoomListing listing, long revision)
    {
        if (_rooms.Put(listing, revision))
            SaveSoon();
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string roomId, long revision)
    {
        if (_rooms.Remove(roomId, revision))
            SaveSoon();
        return Task.CompletedTask;
    }

    public Task<RoomListingPage> FindAsync(RoomQuery query)
    {
        var nowMs = clock.NowMs;
        if (nowMs - _settledAtMs >= SettleMs)
        {
            _settledAtMs = nowMs;
            _rooms.Settle(nowMs - (long)_options.SilentTime.TotalMilliseconds);
        }

        return Task.FromResult(_rooms.Find(query));
    }

    /// <summary>Takes over what a version without parts has saved; where that cannot be had, it is tried again.</summary>
    private async Task AdoptAsync()
    {
        try
        {
            var directory = GrainFactory.GetGrain<IRoomDirectoryGrain>(IRoomDirectoryGrain.Key);
            foreach (var listing in await directory.ReadFormerAsync(_number, _options.ShardsCount).WaitAsync(FormerTimeout, time))
                _rooms.Put(listing, revision: 0);
            stored.State = stored.State with { HasFormer = true };
        }
        catch (Exception exception)
        {
            // The list serves without them: a silo of the older version has the directory, or the database is away.
            logger.FormerListUnreachable(_number, exception);
        }

        SaveSoon();
    }

    /// <summary>
    /// Asks rooms that have been silent for so long that they are to be put away: each looks at itself then, and says how it is. Those that are not there leave the list.
    /// </summary>
    private async Task OnLookAsync()
    {
        _look.Set(LookInterval);
        var silent = _rooms.NextSilent(clock.NowMs - (long)rooms.Value.ArchiveTime.TotalMilliseconds, LookMax);
        await Task.WhenAll(silent.Select(LookAtAsync));
    }

    private async Task LookAtAsync(ListedLine line)
    {
        try
        {
            var room = await GrainFactory.GetGrain<IRoomGrain>(RoomId.KeyOf(line.Listing.RoomId)).GetOwnershipAsync().WaitAsync(FormerTimeout, time);
            if (room.Claim is not { Status: UserRoomStatus.Open } && _rooms.Remove(line.Listing.RoomId, room.Claim?.Revision ?? line.Revision))
                SaveSoon();
        }
        catch (Exception exception)
        {
            logger.SilentRoomUnreachable(line.Listing.RoomId, exception);
        }
    }

    private void SaveSoon()
    {
        if (!_save.IsSet)
            _save.Set(_options.SaveInterval);
    }

    private async Task OnSaveAsync()
    {
        if (!stored.State.HasFormer)
        {
            await AdoptAsync();
            if (!stored.State.HasFormer)
                return;
            _save.Clear();
        }

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

    private async Task SaveAsync()
    {
        stored.State = stored.State with { Rooms = [.. _rooms.All.OrderBy(static line => line.Listing.RoomId, StringComparer.Ordinal).Select(ShardRoom.Of)] };
        await stored.WriteStateAsync();
    }
}
