using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Hands plays over to where they are kept, beside the room's turns: one call at a time, with a limit. The room keeps what it has not heard to be kept, so a crash hands over again what is kept already, which has no effect.
/// </summary>
/// <param name="roomId">The room.</param>
/// <param name="grains">Where they are kept.</param>
/// <param name="options">The limit.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where failures go.</param>
/// <param name="handedOver">Called when something is kept, or, with false, could not be.</param>
internal sealed class PlaysLane(string roomId, IGrainFactory grains, RoomOptions options, TimeProvider time, ILogger logger, Action<bool> handedOver)
{
    private long _keptUpTo;
    private bool _isBusy;

    /// <summary>Begins to hand over what the room has; waits for nothing.</summary>
    public void Start(Room room)
    {
        if (_isBusy || !room.Unkept.Any(play => play.Number > _keptUpTo))
            return;
        _isBusy = true;
        _ = KeepAsync(room.Unkept);
    }

    /// <summary>What of it the room need not keep any more; null: nothing.</summary>
    public PlaysKept? Decide(Room room, long nowMs) => room.Unkept.Any(play => play.Number <= _keptUpTo) ? new PlaysKept(_keptUpTo, nowMs) : null;

    private async Task KeepAsync(ImmutableArray<RoomPlay> plays)
    {
        var isKept = false;
        try
        {
            _keptUpTo = await grains.GetGrain<IRoomPlaysGrain>(RoomId.KeyOf(roomId)).AppendAsync(plays).WaitAsync(options.ChannelTimeout, time);
            isKept = true;
        }
        catch (Exception exception)
        {
            logger.PlaysNotKept(roomId, exception);
        }

        _isBusy = false;
        handedOver(isKept);
    }
}
