using WhatsSound.Channels;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// The newest messages of a chat, for a room's snapshots. Where changes of messages have pushed the messages far back in the log they are kept after they were read, for a minute after somebody came last, and followed from their position:
/// whoever comes then costs the room's turn one call, and no more pages of the log. A reading that takes long goes on beside the turns, and the next who comes waits for it; one is under way at a time.
/// </summary>
internal sealed class SnapshotChat
{
    /// <summary>How many pages of the log are read back: a room in which everything is edited many times over has fewer messages in its snapshots.</summary>
    private const int StepsMax = 6;

    private const int StepMax = PublicationLimits.RewindCountMax;

    private static readonly TimeSpan KeptTime = TimeSpan.FromMinutes(1);

    private readonly RoomChannels _channels;
    private readonly string _channel;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly RoomTimer _forgetting;
    private Task<ChatTail?>? _reading;
    private ChatTail? _kept;

    public SnapshotChat(RoomChannels channels, string channel, IGrainBase grain, RoomOptions options, TimeProvider time)
    {
        (_channels, _channel, _patience, _time) = (channels, channel, options.ChannelTimeout, time);
        _forgetting = new RoomTimer(grain, () =>
        {
            _kept = null;
            return Task.CompletedTask;
        });
    }

    /// <summary>As a user has them. Null: the channel does not answer, or not in time.</summary>
    public async Task<ChatTail?> ReadAsync(string userId)
    {
        var reading = _reading ?? ReadOnceAsync();
        _reading = reading.IsCompleted ? null : reading;
        try
        {
            return (await reading.WaitAsync(_patience, _time))?.For(userId);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Ends with what it has read, whether or not somebody still waits for it: who comes later is shown the chat as it is then.</summary>
    private async Task<ChatTail?> ReadOnceAsync()
    {
        try
        {
            return await ReadAsync();
        }
        finally
        {
            _reading = null;
        }
    }

    /// <summary>As nobody in particular has them: with what users have for themselves alone. Throws nothing.</summary>
    private async Task<ChatTail?> ReadAsync()
    {
        if (_kept is { } kept)
        {
            if (await _channels.AskAsync(_channel, channel => channel.RecoverAsync(new RecoverRequest { Since = kept.Position })) is not { } later)
                return null;
            if (later.Verdict == Verdict.Recovered)
                return Keep(kept.Follow(later));
            _kept = null;
        }

        if (await _channels.AskAsync(_channel, static channel => channel.RecoverAsync(new RecoverRequest { RewindCount = StepMax })) is not { } rewound)
            return null;
        var tail = ChatTail.Of(rewound);
        return !tail.HasMore || tail.HasEnough ? tail : await ReadBackAsync(tail, rewound.Publications[0].Offset);
    }

    /// <summary>Few messages, and something before what was rewound: changes, or what the log does not keep any more.</summary>
    private async Task<ChatTail?> ReadBackAsync(ChatTail tail, long before)
    {
        for (var step = 0; step < StepsMax && tail.HasMore && !tail.HasEnough; step++)
        {
            var request = new HistoryRequest { Before = before, CountMax = StepMax };
            if (await _channels.AskAsync(_channel, channel => channel.ReadHistoryAsync(request)) is not { } page)
                return null;
            tail = tail.After(page.Publications, hasMore: page.Publications.Length == StepMax);
            before = page.Publications.IsEmpty ? before : page.Publications[0].Offset;
        }

        return Keep(tail);
    }

    private ChatTail Keep(ChatTail tail)
    {
        _kept = tail;
        _forgetting.Set(KeptTime);
        return tail;
    }
}
