using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace WhatsSound.Client;

/// <summary>
/// A listening room from the client's side. Commands go out one after the other in the order given: chat in its order, all else in its own; one that got no answer is
/// sent again with the same id, for 60 s at most. Safe for all threads.
/// </summary>
public sealed class Room : IRoomStayOwner
{
    private readonly Ground _ground;
    private readonly Sequence _chat = new();
    private readonly Sequence _others = new();
    private RoomStay? _stay;
    private CancellationTokenSource _leaving = new();

    internal Room(string id, Ground ground) => (Id, _ground) = (id, ground);

    /// <summary>The room's state changed.</summary>
    public event Action<RoomState>? Changed;

    /// <summary>One publication was applied; each comes once, in order, with the name of its channel.</summary>
    public event Action<(string Channel, Publication Publication)>? Published;

    /// <summary>How the room's state came about: at the first join <c>Live</c>, after a new connection <c>Recovered</c> or <c>Lost</c>.</summary>
    public event Action<Verdict>? Recovered;

    /// <summary>The room cannot be joined again; the stay is over, the connection lives.</summary>
    public event Action<Refusal>? Ended;

    /// <summary>Its id.</summary>
    public string Id { get; }

    /// <summary>Its state; null unless joined.</summary>
    public RoomState? State => _stay?.State;

    /// <summary>
    /// Joins and follows the room, over reconnects too, until <see cref="LeaveAsync"/>. Cancelling gives up the wait and not the wish. Refused with <c>LEFT</c> if leaving comes
    /// first; a join that succeeds after that is left again.
    /// </summary>
    /// <param name="info">What the others see of this user besides the token's name.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    public Task<Answer<RoomState>> JoinAsync(JsonElement info = default, CancellationToken cancellationToken = default) => JoinAsync(new JoinOptions(info), cancellationToken);

    /// <inheritdoc cref="JoinAsync(JsonElement, CancellationToken)"/>
    /// <param name="options">How to come in.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    public Task<Answer<RoomState>> JoinAsync(JoinOptions options, CancellationToken cancellationToken = default) => _ground.Turns.AskAsync(() =>
    {
        _ground.ThrowIfClosed();
        _leaving.Cancel();
        _stay ??= new RoomStay(Id, options, _ground, this);
        return _stay.Joined.WaitAsync(cancellationToken);
    });

    /// <summary>Leaves on purpose: the others see it at once. Null when this client is not in the room, whether it was or not; or why the server refused.</summary>
    public async Task<Refusal?> LeaveAsync(CancellationToken cancellationToken = default) =>
        (await _ground.Turns.AskAsync(() => LeaveInTurnAsync(cancellationToken)).ConfigureAwait(false)).Refusal;

    /// <summary>Says something.</summary>
    public Task<Answer<RoomReceipt>> SendChatAsync(string text, CancellationToken cancellationToken = default) =>
        CommandAsync("SendChat", new RoomRequest(Id, Text: text), cancellationToken);

    /// <summary>Says something in reply to a message, or that mentions members, or everybody.</summary>
    public Task<Answer<RoomReceipt>> SendChatAsync(
        string text, long? replyTo, IReadOnlyList<string>? mentions = null, bool mentionsEveryone = false, CancellationToken cancellationToken = default) =>
        CommandAsync("SendChat", new RoomRequest(Id, Text: text, ReplyTo: replyTo, Mentions: mentions, MentionsEveryone: mentionsEveryone ? true : null), cancellationToken);

    /// <summary>Says a message of one's own anew, for a quarter of an hour.</summary>
    public Task<Answer<RoomReceipt>> EditChatAsync(long offset, string text, IReadOnlyList<string>? mentions = null, CancellationToken cancellationToken = default) =>
        CommandAsync("EditChat", new RoomRequest(Id, Offset: offset, Text: text, Mentions: mentions), cancellationToken);

    /// <summary>Takes a message back: one's own for a quarter of an hour, others' by permission.</summary>
    public Task<Answer<RoomReceipt>> DeleteChatAsync(long offset, CancellationToken cancellationToken = default) =>
        CommandAsync("DeleteChat", new RoomRequest(Id, Offset: offset), cancellationToken);

    /// <summary>What was said: the newest before a number, or the oldest after one; the newest of all without either.</summary>
    public async Task<Answer<ChatPage>> GetChatAsync(long? before = null, long? after = null, int limit = 100, CancellationToken cancellationToken = default)
    {
        var answer = await ReadAsync("GetChat", new RoomRequest(Id, Before: before, After: after, Limit: limit), ClientJson.Default.ChatPageAnswer, cancellationToken).ConfigureAwait(false);
        return answer.Refusal is { } refusal ? new(refusal) : new(answer.Value.ToPage());
    }

    /// <summary>A hint: reacts to a message, or to the song that plays; sent once, and not at all while there is no connection.</summary>
    public Task ReactAsync(string emoji, long? offset = null) => HintAsync("React", new RoomRequest(Id, Emoji: emoji, Offset: offset));

    /// <summary>A hint that this user writes, for the next 6 seconds, or does not; sent once, and not at all while there is no connection.</summary>
    public Task SetTypingAsync(bool isTyping) => HintAsync("SetTyping", new RoomRequest(Id, IsTyping: isTyping));

    /// <summary>A hint up to which message this user has read; sent once, and not at all while there is no connection. The user's channel <c>user:{id}:markers</c> has it.</summary>
    public Task MarkReadAsync(long offset) => HintAsync("MarkRead", new RoomRequest(Id, Offset: offset));

    /// <summary>Adds songs to the queue.</summary>
    public Task<Answer<RoomReceipt>> EnqueueAsync(IReadOnlyList<Track> tracks, CancellationToken cancellationToken = default) =>
        CommandAsync("Enqueue", new RoomRequest(Id, Tracks: tracks), cancellationToken);

    /// <summary>Takes a song out of the queue.</summary>
    public Task<Answer<RoomReceipt>> RemoveEntryAsync(string entryId, CancellationToken cancellationToken = default) =>
        CommandAsync("RemoveEntry", new RoomRequest(Id, EntryId: entryId), cancellationToken);

    /// <summary>Sets one's vote on a queued song, or the one that plays: -1, 0 or 1.</summary>
    public async Task<Answer<RoomReceipt>> VoteAsync(string entryId, int value, CancellationToken cancellationToken = default)
    {
        var voted = await CommandAsync("Vote", new RoomRequest(Id, EntryId: entryId, Value: value), cancellationToken).ConfigureAwait(false);
        await UpdateAsync(voted, state => RoomFold.WithMyVote(state, entryId, value)).ConfigureAwait(false);
        return voted;
    }

    /// <summary>Sets one's vote to skip the current song.</summary>
    public async Task<Answer<RoomReceipt>> VoteSkipAsync(string entryId, bool isOn, CancellationToken cancellationToken = default)
    {
        var voted = await CommandAsync("VoteSkip", new RoomRequest(Id, EntryId: entryId, IsOn: isOn), cancellationToken).ConfigureAwait(false);
        await UpdateAsync(voted, state => RoomFold.WithMySkipVote(state, entryId, isOn)).ConfigureAwait(false);
        return voted;
    }

    /// <summary>Moves a song before another one; null: to the end.</summary>
    public Task<Answer<RoomReceipt>> MoveEntryAsync(string entryId, string? beforeEntryId = null, CancellationToken cancellationToken = default) =>
        CommandAsync("MoveEntry", new RoomRequest(Id, EntryId: entryId, BeforeEntryId: beforeEntryId), cancellationToken);

    /// <summary>Has a song played next, or takes that back.</summary>
    public Task<Answer<RoomReceipt>> PinEntryAsync(string entryId, bool isOn = true, CancellationToken cancellationToken = default) =>
        CommandAsync(isOn ? "PinEntry" : "UnpinEntry", new RoomRequest(Id, EntryId: entryId), cancellationToken);

    /// <summary>Takes all songs out of the queue, or those of one user.</summary>
    public Task<Answer<RoomReceipt>> ClearQueueAsync(string? userId = null, CancellationToken cancellationToken = default) =>
        CommandAsync("ClearQueue", new RoomRequest(Id, OfUserId: userId), cancellationToken);

    /// <summary>Orders all songs by chance, or those of one user.</summary>
    public Task<Answer<RoomReceipt>> ShuffleQueueAsync(string? userId = null, CancellationToken cancellationToken = default) =>
        CommandAsync("ShuffleQueue", new RoomRequest(Id, OfUserId: userId), cancellationToken);

    /// <summary>Undoes what a receipt's operation names, within a minute.</summary>
    public Task<Answer<RoomReceipt>> UndoAsync(long operation, CancellationToken cancellationToken = default) =>
        CommandAsync("Undo", new RoomRequest(Id, Operation: operation), cancellationToken);

    /// <summary>Says how the queue is ordered and what it takes.</summary>
    public Task<Answer<RoomReceipt>> SetQueueModeAsync(QueueSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var (mode, songs, minutes, noRepeat, isVotingOff, removesVotedDown) = settings;
        var request = new RoomRequest(
            Id,
            Mode: mode,
            SongsPerUserMax: songs,
            MinutesPerUserMax: minutes,
            NoRepeatMinutes: noRepeat,
            IsVotingOff: isVotingOff,
            RemovesVotedDown: removesVotedDown);
        return CommandAsync("SetQueueMode", request, cancellationToken);
    }

    /// <summary>Sets what plays when nothing is queued; no tracks: silence.</summary>
    public Task<Answer<RoomReceipt>> SetFallbackAsync(IReadOnlyList<Track> tracks, CancellationToken cancellationToken = default) =>
        CommandAsync("SetFallback", new RoomRequest(Id, Tracks: tracks), cancellationToken);

    /// <summary>What plays when nothing is queued: from its start, or from a page's <see cref="FallbackPage.Next"/>.</summary>
    public Task<Answer<FallbackPage>> GetFallbackAsync(int from = 0, int max = 100, CancellationToken cancellationToken = default) =>
        ReadAsync("GetFallback", new RoomRequest(Id, From: from, Max: max), ClientJson.Default.FallbackPage, cancellationToken);

    /// <summary>The queue beyond the window: from its start, or after a page's <see cref="QueuePage.Next"/>.</summary>
    public Task<Answer<QueuePage>> GetQueuePageAsync(string? cursor = null, int count = 100, CancellationToken cancellationToken = default) =>
        ReadAsync("GetQueuePage", new RoomRequest(Id, Cursor: cursor, Count: count), ClientJson.Default.QueuePage, cancellationToken);

    /// <summary>Why a queued song stands where it does.</summary>
    public Task<Answer<PlaceReason>> GetPlaceReasonAsync(string entryId, CancellationToken cancellationToken = default) =>
        ReadAsync("GetPlaceReason", new RoomRequest(Id, EntryId: entryId), ClientJson.Default.PlaceReason, cancellationToken);

    /// <summary>What was played, the newest first; <paramref name="before"/> is a page's <see cref="RoomPlays.Next"/>.</summary>
    public Task<Answer<RoomPlays>> GetPlaysAsync(long? before = null, int max = 100, CancellationToken cancellationToken = default) =>
        ReadAsync("GetPlays", new RoomRequest(Id, Before: before, Max: max), ClientJson.Default.RoomPlays, cancellationToken);

    /// <summary>What that comes to.</summary>
    public Task<Answer<RoomStatistics>> GetStatisticsAsync(CancellationToken cancellationToken = default) =>
        ReadAsync("GetStatistics", new RoomRequest(Id), ClientJson.Default.RoomStatistics, cancellationToken);

    /// <summary>Plays the current song at another speed, in thousandths: 500 to 2000.</summary>
    public Task<Answer<RoomReceipt>> SetRateAsync(int ratePermille, CancellationToken cancellationToken = default) =>
        CommandAsync("SetRate", new RoomRequest(Id, RatePermille: ratePermille), cancellationToken);

    /// <summary>Plays on.</summary>
    public Task<Answer<RoomReceipt>> PlayAsync(CancellationToken cancellationToken = default) => CommandAsync("Play", new RoomRequest(Id), cancellationToken);

    /// <summary>Stands still.</summary>
    public Task<Answer<RoomReceipt>> PauseAsync(CancellationToken cancellationToken = default) => CommandAsync("Pause", new RoomRequest(Id), cancellationToken);

    /// <summary>Goes to a place in the current song.</summary>
    public Task<Answer<RoomReceipt>> SeekAsync(string entryId, TimeSpan position, CancellationToken cancellationToken = default) =>
        CommandAsync("Seek", new RoomRequest(Id, EntryId: entryId, PositionMs: (long)position.TotalMilliseconds), cancellationToken);

    /// <summary>Ends the current song.</summary>
    public Task<Answer<RoomReceipt>> SkipAsync(string entryId, CancellationToken cancellationToken = default) =>
        CommandAsync("Skip", new RoomRequest(Id, EntryId: entryId), cancellationToken);

    /// <summary>Makes another member the host.</summary>
    public Task<Answer<RoomReceipt>> TransferHostAsync(string toUserId, CancellationToken cancellationToken = default) =>
        CommandAsync("TransferHost", new RoomRequest(Id, ToUserId: toUserId), cancellationToken);

    /// <summary>Says who is what in the room, keeps order in it, or sets it.</summary>
    public Task<Answer<RoomReceipt>> ActAsync(RoomAct act, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(act);
        var request = (JsonObject)JsonSerializer.SerializeToNode(act, act.GetType(), ClientJson.Default)!;
        request["roomId"] = Id;
        request["commandId"] = Ids.New();
        return CommandAsync(act.Method, request, cancellationToken);
    }

    /// <summary>Opens the room again after it was closed; one need not be in it for that.</summary>
    public Task<Answer<RoomReceipt>> ReopenAsync(CancellationToken cancellationToken = default) => _ground.Turns.AskAsync(() =>
        _ground.SendAsync("ReopenRoom", new RoomRequest(Id, CommandId: Ids.New()), ClientJson.Default.RoomReceipt, asked: cancellationToken));

    /// <summary>What the room keeps for those who keep order in it, the newest first.</summary>
    /// <param name="kind">Of what.</param>
    /// <param name="before">A page's <see cref="RoomRecords.Next"/>; null: from the newest.</param>
    /// <param name="max">1 to 100.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    public Task<Answer<RoomRecords>> ReadRecordsAsync(RoomRecordKind kind, long? before = null, int max = 50, CancellationToken cancellationToken = default)
    {
        var method = kind switch
        {
            RoomRecordKind.Sanctions => "ListSanctions",
            RoomRecordKind.Reports => "ListReports",
            RoomRecordKind.Invites => "ListInvites",
            _ => "ReadLog",
        };
        return ReadAsync(method, new RoomRequest(Id, Before: before, Max: max), ClientJson.Default.RoomRecords, cancellationToken);
    }

    /// <summary>A hint that the player has loaded a song that is announced or next; sent once, and not at all while there is no connection.</summary>
    public Task ReportReadyAsync(string entryId) => HintAsync("ReportReady", new RoomRequest(Id, EntryId: entryId));

    /// <summary>A hint that the user is here, though they do nothing else: once a minute is enough. Sent once, and not at all while there is no connection.</summary>
    public Task ReportActiveAsync() => HintAsync("ReportActive", new RoomRequest(Id));

    /// <summary>A hint that the player reached the end of a song; sent once, and not at all while there is no connection.</summary>
    public Task ReportEndedAsync(string entryId) => HintAsync("ReportEnded", new RoomRequest(Id, EntryId: entryId));

    /// <summary>A hint that the player cannot play a song; sent once, and not at all while there is no connection.</summary>
    public Task ReportUnplayableAsync(string entryId) => HintAsync("ReportUnplayable", new RoomRequest(Id, EntryId: entryId));

    /// <summary>A hint how long a message takes in one direction; sent once, and not at all while there is no connection.</summary>
    public Task ReportLatencyAsync(TimeSpan oneWay) => HintAsync("ReportLatency", new RoomRequest(Id, OneWayMs: (long)oneWay.TotalMilliseconds));

    /// <summary>A hint where the host's player is; sent once, and not at all while there is no connection.</summary>
    public Task ReportHostPositionAsync(string entryId, TimeSpan position) =>
        HintAsync("ReportHostPosition", new RoomRequest(Id, EntryId: entryId, PositionMs: (long)position.TotalMilliseconds));

    void IRoomStayOwner.OnChanged(RoomState state) => Changed.Tell(state, _ground.Fail);

    void IRoomStayOwner.OnPublication(string channel, Publication publication) => Published.Tell((channel, publication), _ground.Fail);

    void IRoomStayOwner.OnRecovered(Verdict verdict) => Recovered.Tell(verdict, _ground.Fail);

    void IRoomStayOwner.OnEnded(RoomStay stay, Refusal? refusal)
    {
        if (_stay != stay)
            return;
        _stay = null;
        if (refusal is not null)
            Ended.Tell(refusal, _ground.Fail);
    }

    void IRoomStayOwner.OnUnknown() => _ = _ground.Turns.AskAsync(() => SendLeaveAsync(CancellationToken.None));

    private Task<Answer<RoomReceipt>> CommandAsync(string method, RoomRequest request, CancellationToken asked) =>
        CommandAsync(method, (object)(request with { CommandId = Ids.New() }), asked);

    private Task<Answer<RoomReceipt>> CommandAsync(string method, object command, CancellationToken asked)
    {
        var sequence = method is "SendChat" or "EditChat" or "DeleteChat" ? _chat : _others;
        return _ground.Turns.AskAsync(() =>
        {
            var stay = _stay ?? throw Refusals.NotInRoom(_ground.Identity?.UserId);
            return _ground.SendAsync(sequence, method, command, ClientJson.Default.RoomReceipt, stay.Wanted, asked);
        });
    }

    private Task<Answer<T>> ReadAsync<T>(string method, RoomRequest request, JsonTypeInfo<T> type, CancellationToken asked)
        where T : class => _ground.Turns.AskAsync(() =>
    {
        var stay = _stay ?? throw Refusals.NotInRoom(_ground.Identity?.UserId);
        return _ground.SendAsync(method, request, type, stay.Wanted, asked);
    });

    private Task UpdateAsync(Answer<RoomReceipt> answer, Func<RoomState, RoomState> change) => _ground.Turns.RunAsync(() =>
    {
        if (!answer.IsRefused)
            _stay?.Update(change);
        return Task.CompletedTask;
    });

    private Task HintAsync(string method, RoomRequest request) => _ground.Turns.RunAsync(async () =>
    {
        try
        {
            if (_stay is not null)
                await _ground.InvokeAsync(method, request, ClientJson.Default.Object);
        }
        catch (Exception exception) when (exception is RefusedException or LinkDownException)
        {
            // A hint.
        }
    });

    private async Task<bool> LeaveInTurnAsync(CancellationToken asked)
    {
        if (_stay is null)
            return true;
        _stay.End();
        return await SendLeaveAsync(asked);
    }

    private async Task<bool> SendLeaveAsync(CancellationToken asked)
    {
        using var leaving = new CancellationTokenSource();
        _leaving = leaving;
        try
        {
            // A join under way comes before this on the connection that both are sent on.
            await _ground.SendAsync("LeaveRoom", new RoomRequest(Id, CommandId: Ids.New()), ClientJson.Default.Object, leaving.Token, asked);
        }
        catch (RefusedException exception) when (exception.Refusal.Code is "NOT_MEMBER" or "ROOM_NOT_FOUND" or "ROOM_CLOSED" or "BANNED" or "KICKED" or RefusalCodes.Left)
        {
            // Whoever is not in the room has left it.
        }
        finally
        {
            if (_leaving == leaving)
                _leaving = new();
        }

        return true;
    }
}
