using Microsoft.Extensions.Logging;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// The reminder that brings a room back when its silo died and nobody calls: there while a song plays or an event is unsent, gone otherwise. It is minded beside the room's turns, one call at a time, each with a limit, again later and
/// later: a table of reminders that is slow or down holds up no room.
/// </summary>
internal sealed class RoomReminder
{
    private const string Name = "room-wake";

    private static readonly TimeSpan RetryMin = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan RetryMax = TimeSpan.FromMinutes(1);

    /// <summary>The shortest that reminders take.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly string _roomId;
    private readonly IGrainBase _grain;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RetryTimer _retry;
    private bool _isBusy;
    private bool? _isThere;
    private bool? _isWanted;

    public RoomReminder(string roomId, IGrainBase grain, RoomOptions options, TimeProvider time, ILogger logger)
    {
        (_roomId, _grain, _patience, _time, _logger) = (roomId, grain, options.ChannelTimeout, time, logger);
        _retry = new RetryTimer(grain, RetryMin, RetryMax, Start);
    }

    /// <summary>Whether it is to be there from now on; waits for nothing.</summary>
    public void Want(bool isWanted)
    {
        _isWanted = isWanted;
        Start();
    }

    /// <summary>It has come: so it is there, whatever was answered when it was set or taken away.</summary>
    public void Came() => _isThere = true;

    private void Start()
    {
        if (_isBusy || _retry.IsSet || _isWanted is not { } isWanted || _isThere == isWanted)
            return;
        _isBusy = true;
        _ = SetAsync(isWanted);
    }

    /// <summary>Throws nothing.</summary>
    private async Task SetAsync(bool isWanted)
    {
        try
        {
            Task changing = isWanted ? _grain.RegisterOrUpdateReminder(Name, Period, Period) : RemoveAsync();
            await changing.WaitAsync(_patience, _time);
            _isThere = isWanted;
            _retry.Reset();
        }
        catch (Exception exception)
        {
            // It may have been done, or be done yet.
            _isThere = null;
            _logger.RemindersUnreachable(_roomId, exception);
            _retry.Later();
        }

        _isBusy = false;
        Start();
    }

    private async Task RemoveAsync()
    {
        if (await _grain.GetReminder(Name) is { } reminder)
            await _grain.UnregisterReminder(reminder);
    }
}
