using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Grains.Storage;
using WhatsSound.Limits;
using WhatsSound.Playback;
using WhatsSound.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Grains.Users;

/// <summary>
/// Owns what is known of a user's rooms. Places are saved before they are answered; visits a while later. Who is refused for having too many is so only after the rooms were asked, so that what a crash
/// has left behind costs nobody a place. Bounded by <see cref="UserOptions"/>.
/// </summary>
[GrainType("userrooms")]
internal sealed class UserRoomsGrain(
    [PersistentState("user-rooms", "grains")] IPersistentState<UserRoomsState> stored,
    IOptions<UserOptions> options,
    IRoomClock clock,
    TimeProvider time,
    ILogger<UserRoomsGrain> logger) : Grain, IUserRoomsGrain
{
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Longer than anything that creates a room takes.</summary>
    private const long PlaceKeptMs = 60_000;

    /// <summary>How long what rooms answered is good enough for whoever only reads, and for whoever is refused more often than the rooms are asked anew.</summary>
    private const long ReadTrustMs = 60_000;
    private const long RefusalTrustMs = 2_000;

    /// <summary>How often in a row the rooms are asked anew before a refusal: as often as somebody closes rooms to create others, and not as often as somebody tries.</summary>
    private const int AsksBurstMax = 5;

    /// <summary>A visit is saved after this, and as much again for some, so that a crowd that came at once is not saved at once.</summary>
    private const int SaveDelayMs = 20_000;

    private readonly UserOptions _options = options.Value;
    private string _userId = "";
    private RoomTimer _save = null!;
    private TokenBucket _asks;
    private long _askedAtMs = long.MinValue / 2;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _userId = this.GetPrimaryKeyString()[UserId.KeyOf("").Length..];
        _save = new RoomTimer(this, OnSaveAsync);
        stored.State = stored.State.Upgrade();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _save.IsSet ? OnSaveAsync() : Task.CompletedTask;

    public async Task<Answer<Done>> TakeAsync(RoomClaim claim)
    {
        var (next, refusal) = stored.State.Take(claim, _options, clock.NowMs);
        if (refusal is { Code: RefusalCode.UserQuota })
        {
            // A room that has just closed may not have said so yet.
            var mayAskAnew = _asks.TryTake(clock.NowMs * TimeSpan.TicksPerMillisecond, 1000.0 / RefusalTrustMs, AsksBurstMax, out _);
            await AskAsync(mayAskAnew ? 0 : RefusalTrustMs);
            (next, refusal) = stored.State.Take(claim, _options, clock.NowMs);
        }

        if (refusal is not null)
            return refusal;
        await SaveAsync(next!);
        return Done.Value;
    }

    public Task CancelAsync(string roomId, long revision) => SaveAsync(stored.State.Cancel(roomId, revision));

    public Task TellAsync(RoomClaim claim) => SaveAsync(stored.State.Tell(claim, clock.NowMs));

    public Task PartAsync(string roomId, long revision) => SaveAsync(stored.State.Part(roomId, revision));

    public Task VisitAsync(string roomId, string name, long atMs)
    {
        stored.State = stored.State.Visit(roomId, name, _options.RoomsVisitedMax, atMs);
        if (!_save.IsSet)
            _save.Set(TimeSpan.FromMilliseconds(SaveDelayMs + (int)(_userId.Aggregate(17u, static (hash, character) => (31 * hash) + character) % SaveDelayMs)));
        return Task.CompletedTask;
    }

    public async Task<UserRooms> ReadAsync()
    {
        await AskAsync(ReadTrustMs);
        return stored.State.ToView(_options);
    }

    /// <summary>Asks the rooms that count how they are, side by side. Those that do not answer count.</summary>
    private async Task AskAsync(long trustMs)
    {
        if (clock.NowMs - _askedAtMs < trustMs)
            return;
        _askedAtMs = clock.NowMs;
        var rooms = stored.State.Owned.Where(static room => room.Status == UserRoomStatus.Open).ToList();
        var answers = await Task.WhenAll(rooms.Select(room => AskAsync(room.RoomId)));
        var next = stored.State;
        for (var index = 0; index < rooms.Count; index++)
        {
            if (answers[index] is { } ownership)
                next = next.Heard(_userId, rooms[index].RoomId, ownership, clock.NowMs - PlaceKeptMs, clock.NowMs);
        }

        await SaveAsync(next);
    }

    private async Task<RoomOwnership?> AskAsync(string roomId)
    {
        try
        {
            return await GrainFactory.GetGrain<IRoomGrain>(RoomId.KeyOf(roomId)).GetOwnershipAsync().WaitAsync(AskTimeout, time);
        }
        catch (Exception exception)
        {
            logger.RoomOfUserSilent(roomId, exception);
            return null;
        }
    }

    private async Task OnSaveAsync()
    {
        try
        {
            await stored.WriteStateAsync();
        }
        catch (Exception exception)
        {
            // Of visits only: the next one saves it.
            logger.VisitsNotSaved(exception);
        }
    }

    private async Task SaveAsync(UserRoomsState next)
    {
        if (await stored.ReplaceAsync(next, DeactivateOnIdle))
            _save.Clear();
    }
}
