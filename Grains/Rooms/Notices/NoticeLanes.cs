using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using WhatsSound.Grains.Users;
using WhatsSound.Publications;
using WhatsSound.Users;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Tells users what the outbox has for them, beside the room's turns: one at a time for each user, so many users at once, each with a limit. A user's channel that hangs holds up neither the room nor another user. What could
/// not be told is told again, later and later, until it has waited for some minutes; then it is given up, and counted: a user who cannot be reached does not hold on to what the room has published.
/// </summary>
internal sealed class NoticeLanes
{
    private const int AtOnceMax = 16;

    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromMinutes(5);

    private readonly string _roomId;
    private readonly RoomOutbox _outbox;
    private readonly UserNotifier _notifier;
    private readonly IGrainFactory _grains;
    private readonly RoomOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly UserInstruments _instruments;
    private readonly RetryTimer _retry;
    private readonly HashSet<string> _busy = new(StringComparer.Ordinal);

    // Who could not be told, until they are tried again: those behind them come first.
    private readonly HashSet<string> _silent = new(StringComparer.Ordinal);

    // Since when each notice waits: it goes with the notice, whoever takes that out of the outbox.
    private readonly ConditionalWeakTable<OutboxEntry, StrongBox<long>> _waitingSince = [];

    public NoticeLanes(string roomId, RoomOutbox outbox, IGrainBase grain, IGrainFactory grains, RoomOptions options, TimeProvider time, ILogger logger, UserInstruments instruments)
    {
        (_roomId, _outbox, _grains, _options, _time, _logger, _instruments) = (roomId, outbox, grains, options, time, logger, instruments);
        _notifier = new UserNotifier(grains, time, options.ChannelTimeout, logger);
        _retry = new RetryTimer(grain, RetryMin, RetryMax, () =>
        {
            _silent.Clear();
            Start();
        });
    }

    /// <summary>Begins to tell what there is. Waits for nothing: what comes of it goes on between the room's turns, and of the room only takes out of the outbox what was told, in one step.</summary>
    public void Start()
    {
        foreach (var entry in _outbox.ForUsers)
        {
            _waitingSince.GetValue(entry, _ => new StrongBox<long>(_time.GetTimestamp()));
            if (_busy.Count < AtOnceMax && !_silent.Contains(entry.Channel) && _busy.Add(entry.Channel))
                _ = TellAsync(entry);
        }
    }

    /// <summary>A lane of one user. Throws nothing.</summary>
    private async Task TellAsync(OutboxEntry entry)
    {
        var isTold = entry.FollowersOf is { } userId ? await AnnounceAsync(userId, entry.Data) : await _notifier.TellAsync(entry.UserId!, entry.ToNotice(_roomId));
        _busy.Remove(entry.Channel);
        if (isTold)
        {
            _outbox.Sent([entry]);
            _retry.Reset();
        }
        else if (IsGivenUp(entry))
        {
            _outbox.Sent([entry]);
        }
        else
        {
            _silent.Add(entry.Channel);
            if (!_retry.IsSet)
                _retry.Later();
        }

        Start();
    }

    private bool IsGivenUp(OutboxEntry entry)
    {
        if (_waitingSince.TryGetValue(entry, out var since) && _time.GetElapsedTime(since.Value) < GiveUpAfter)
            return false;
        _logger.NoticeGivenUp(_roomId, entry.Event);
        _instruments.NoticeMissed();
        return true;
    }

    private async Task<bool> AnnounceAsync(string userId, Payload data)
    {
        try
        {
            await _grains.GetGrain<IUserFollowersGrain>(UserId.KeyOf(userId)).AnnounceAsync(data.Read(WireJson.Default.LiveNotice)!).WaitAsync(_options.ChannelTimeout, _time);
            return true;
        }
        catch (Exception exception)
        {
            _logger.FollowersUnreachable(_roomId, exception);
            return false;
        }
    }
}
