using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// What matters only now: who writes, and how things are reacted to. It goes to the pulse channel, which is in no database, twice a second at most; what cannot be told is told with the next that is.
/// It is told beside the chat's turns: a pulse that hangs keeps nobody from saying something.
/// </summary>
internal sealed class ChatPulse
{
    /// <summary>How many messages are told of at a time.</summary>
    private const int ToldMax = 20;

    private const long IntervalMs = 500;

    private readonly string _roomId;
    private readonly RoomChannels _channels;
    private readonly ChatServices _services;
    private readonly RoomTimer _timer;
    private readonly string _runId = Guid.NewGuid().ToString("N");
    private readonly TypingList _typing = new();
    private long _toldAtMs;
    private long _count;

    public ChatPulse(string roomId, RoomChannels channels, ChatServices services, IGrainBase grain)
    {
        (_roomId, _channels, _services) = (roomId, channels, services);
        // What it tells is taken in one step, and what changes meanwhile is told the next time.
        _timer = new RoomTimer(grain, TellAsync, interleaves: true);
    }

    public ReactionTally Reactions { get; } = new();

    /// <param name="userId">Who.</param>
    /// <param name="displayName">What they are called.</param>
    /// <param name="isTyping">Whether they write.</param>
    /// <param name="isTheirs">Whether only they are to see it, as they are muted in the shadow.</param>
    public void SetTyping(string userId, string? displayName, bool isTyping, bool isTheirs)
    {
        _typing.Set(new TypingMember { UserId = userId, DisplayName = displayName }, isTyping, isTheirs, _services.NowMs);
        Changed();
    }

    /// <summary>Sees to it that what has changed is told soon.</summary>
    public void Changed()
    {
        var nowMs = _services.NowMs;
        var dueMs = _typing.HasChanged || Reactions.HasChanged ? Math.Max(nowMs, _toldAtMs + IntervalMs) : _typing.DueMs;
        if (dueMs is { } atMs)
            _timer.Set(TimeSpan.FromMilliseconds(Math.Max(0, atMs - nowMs)));
    }

    private async Task TellAsync()
    {
        _toldAtMs = _services.NowMs;
        _typing.Expire(_toldAtMs);
        var isHeard = true;
        if (_typing.TakeChange() is { } typing)
        {
            isHeard = await TellAsync(RoomEvents.Typing, RoomEvents.Typing, typing, userId => Payload.Of(_typing.For(userId), WireJson.Default.TypingMembers));
            if (!isHeard)
                _typing.TellAgain(typing);
        }

        // A pulse that did not answer is not asked again for each target.
        foreach (var (target, change) in Reactions.TakeChanged(ToldMax))
        {
            var key = Reactions.For(target, userId: null).Offset is { } offset ? string.Create(CultureInfo.InvariantCulture, $"{RoomEvents.Reactions}:{offset}") : RoomEvents.Reactions;
            isHeard = isHeard && await TellAsync(RoomEvents.Reactions, key, change, userId => Payload.Of(Reactions.For(target, userId), WireJson.Default.ReactionCounts));
            if (!isHeard)
                Reactions.TellAgain(target, change);
        }

        Changed();
    }

    /// <summary>Tells all, and in the same publication the first of those who see it in their own way; what any other of those sees stands behind it, under a key of theirs, so that it replaces nobody else's.</summary>
    private async Task<bool> TellAsync(string eventName, string key, PulseChange change, Func<string?, Payload> dataFor)
    {
        var others = change.ForUserIds;
        if (change.IsForAll)
        {
            var first = others.IsEmpty ? null : new OwnData { UserId = others[0], Data = dataFor(others[0]) };
            if (!await PublishAsync(eventName, key, dataFor(null), first))
                return false;
            others = others.IsEmpty ? others : others[1..];
        }

        foreach (var userId in others)
        {
            if (!await PublishAsync(eventName, KeyFor(key, userId), data: default, new OwnData { UserId = userId, Data = dataFor(userId) }))
                return false;
        }

        return true;
    }

    /// <summary>A user id may be longer than a key.</summary>
    private static string KeyFor(string key, string userId) => $"{key}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(userId)).AsSpan(0, 12))}";

    private async Task<bool> PublishAsync(string eventName, string key, Payload data, OwnData? own)
    {
        var request = new PublishRequest
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{_runId}-{++_count}"), Event = eventName, Key = key, Data = data, Own = own, Publisher = _roomId, PublisherKind = PublisherKind.Room,
        };
        return await _channels.AskAsync(RoomId.PulseOf(_roomId), channel => channel.PublishAsync(request)) is { IsRefused: false };
    }
}
