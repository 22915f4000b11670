using Microsoft.Extensions.Logging;
using WhatsSound.Users;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// The place that a room has among its owner's: taken before the room is created, opened again or given to somebody; and how users are told of it, each with a limit of time: owners by <see cref="OwnerLane"/>.
/// </summary>
internal sealed class OwnerPlace(IGrainFactory grains, RoomOptions options, TimeProvider time, ILogger logger)
{
    /// <summary>Null: the decision needs no place, or has it.</summary>
    public async Task<Refusal?> TakeAsync(RoomDecision decision)
    {
        if (decision.Room is not { } room || !decision.Events.Any(static happened => happened is RoomCreated or RoomReopened or OwnerChanged))
            return null;
        try
        {
            var claim = ClaimOf(room) with { IsNew = decision.Events.Any(static happened => happened is RoomCreated) };
            return (await Of(room.OwnerUserId).TakeAsync(claim).WaitAsync(options.ChannelTimeout, time)).Refusal;
        }
        catch (Exception exception)
        {
            // A place that was taken all the same is found to be free later.
            logger.OwnerUnreachable(room.RoomId, exception);
            return RoomRefusals.NotReady();
        }
    }

    /// <summary>What was decided did not happen: nothing of it was written.</summary>
    public Task GiveBackAsync(Room? before, RoomDecision decision)
    {
        if (decision.Room is not { } room)
            return Task.CompletedTask;
        if (decision.Events.Any(static happened => happened is RoomCreated))
            return SayAsync(room.RoomId, Of(room.OwnerUserId).CancelAsync, room.Revision);
        if (before is not null && before.OwnerUserId != room.OwnerUserId)
            return SayAsync(room.RoomId, Of(room.OwnerUserId).PartAsync, room.Revision);
        return before?.ClosedAtMs is not null && room.ClosedAtMs is null ? TellAsync(before, room.Revision) : Task.CompletedTask;
    }

    /// <summary>Tells a user that the room is not theirs any more. False: they could not be told in time. Throws nothing.</summary>
    public Task<bool> PartAsync(string roomId, string userId, long revision) => SayAsync(roomId, Of(userId).PartAsync, revision);

    /// <summary>Tells the owner how the room is. False: they could not be told in time. Throws nothing.</summary>
    public Task<bool> TellAsync(Room room) => TellAsync(room, room.Revision);

    /// <summary>A user has come in, who was not here. One-way: nothing is waited for.</summary>
    public Task VisitAsync(Room room, string userId, long nowMs) => SayAsync(room.RoomId, (roomId, _) => Of(userId).VisitAsync(roomId, room.Settings.Name, nowMs), room.Revision);

    public static RoomClaim ClaimOf(Room room) => new()
    {
        RoomId = room.RoomId,
        Name = room.Settings.Name,
        Revision = room.Revision,
        Status = room.ClosedAtMs is null ? UserRoomStatus.Open : room.IsArchived ? UserRoomStatus.Archived : UserRoomStatus.Closed,
    };

    private Task<bool> TellAsync(Room room, long revision) => SayAsync(room.RoomId, (_, _) => Of(room.OwnerUserId).TellAsync(ClaimOf(room) with { Revision = revision }), revision);

    /// <summary>Whether it was heard.</summary>
    private async Task<bool> SayAsync(string roomId, Func<string, long, Task> say, long revision)
    {
        try
        {
            await say(roomId, revision).WaitAsync(options.ChannelTimeout, time);
            return true;
        }
        catch (Exception exception)
        {
            logger.OwnerUnreachable(roomId, exception);
            return false;
        }
    }

    private IUserRoomsGrain Of(string userId) => grains.GetGrain<IUserRoomsGrain>(UserId.KeyOf(userId));
}
