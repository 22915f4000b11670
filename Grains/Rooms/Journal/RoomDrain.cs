namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Publishes the outbox to the room's own channels: a lane for each, one publication at a time and in order. A turn waits for its channels once, with a limit for all together. One that has not answered then, or could not be told, is
/// silent until it has taken all that it is owed, or is owed nothing any more: it is told beside the turns, later and later, and no turn waits for it. What is for users goes by lanes of its own.
/// </summary>
internal sealed class RoomDrain
{
    private static readonly TimeSpan RetryMin = TimeSpan.FromMilliseconds(200);

    /// <summary>A channel that is back has whoever joins wait for no longer; and what hangs is asked every four seconds.</summary>
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(2);

    private readonly RoomOutbox _outbox;
    private readonly NoticeLanes _notices;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly RetryTimer _retry;

    // By channel, and so bounded by how many a room has.
    private readonly Dictionary<string, Task> _lanes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _silent = new(StringComparer.Ordinal);
    private bool _isOver;

    public RoomDrain(RoomOutbox outbox, NoticeLanes notices, IGrainBase grain, RoomOptions options, TimeProvider time)
    {
        (_outbox, _notices, _patience, _time) = (outbox, notices, options.ChannelTimeout, time);
        _retry = new RetryTimer(grain, RetryMin, RetryMax, () =>
        {
            StartLanes(_outbox.Channels);
            ForgetPaid();
        });
    }

    /// <summary>The room goes: what is under way is the last. What is left the next activation tells, and behind that nothing of this one may come.</summary>
    public void Stop() => _isOver = true;

    /// <summary>Publishes soon.</summary>
    public void Start() => _retry.Now();

    /// <summary>Publishes what there is, and waits for the channels that are not silent.</summary>
    public async Task RunAsync()
    {
        _notices.Start();
        if (_outbox.IsRoomTold)
            return;
        StartLanes(_outbox.Channels.Where(channel => !_silent.Contains(channel)));
        await Task.WhenAll(_lanes.Where(lane => !_silent.Contains(lane.Key)).Select(static lane => lane.Value)).WaitAsync(_patience, _time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _silent.UnionWith(_lanes.Keys);
    }

    private void StartLanes(IEnumerable<string> channels)
    {
        foreach (var channel in channels.Where(channel => !_lanes.ContainsKey(channel)).ToList())
        {
            var lane = SendAsync(channel);
            if (!lane.IsCompleted)
                _lanes.Add(channel, lane);
        }
    }

    /// <summary>Goes on between the room's turns, and of the room only takes out of the outbox what was published, in one step. Throws nothing.</summary>
    private async Task SendAsync(string channel)
    {
        var isTold = true;
        while (isTold && !_isOver && _outbox.FirstOf(channel) is { } entry)
            isTold = await _outbox.PublishAsync(entry);
        _lanes.Remove(channel);
        if (_isOver)
            return;
        if (!isTold)
            _silent.Add(channel);
        else
            _silent.Remove(channel);
        if (_silent.Count == 0)
            _retry.Reset();
        else if (!isTold && !_retry.IsSet)
            _retry.Later();
    }

    /// <summary>A channel may be owed nothing any more by which it would be seen to be back: what it was owed was left out at the bound of the outbox.</summary>
    private void ForgetPaid()
    {
        _silent.RemoveWhere(channel => !_lanes.ContainsKey(channel) && _outbox.FirstOf(channel) is null);
        if (_silent.Count == 0)
            _retry.Reset();
    }
}
