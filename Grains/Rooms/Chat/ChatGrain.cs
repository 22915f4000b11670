using WhatsSound.Grains.Placement;
using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Owns what is said in a room: who says what, in which order. It has no state but the message log of its channel: what it remembers it reads there. Each command asks the room who may, decides, and is in the log
/// before it is answered. Bounded by <see cref="RoomOptions"/>.
/// </summary>
[GrainType("chat")]
[RoomPlacement]
internal sealed class ChatGrain : Grain, IChatGrain
{
    /// <summary>How many deletions wait to be noted; beyond it, the oldest is in the chat alone.</summary>
    private const int OwedMax = 100;

    private static readonly TimeSpan OwedRetry = TimeSpan.FromSeconds(10);

    private readonly string _roomId;
    private readonly ChatServices _services;
    private readonly ChatRoom _room;
    private readonly ChatReading _reading;
    private readonly ChatPublishing _publishing;
    private readonly ChatPulse _pulse;
    private readonly ReadMarks _marks;
    private readonly ChatDeciding _deciding = new();
    private readonly RoomTimer _owing;
    private readonly Queue<ChatDeletion> _owed = new();

    /// <summary>Null: what was said lately is to be read first.</summary>
    private ChatRecall? _recall;

    public ChatGrain(ChatServices services)
    {
        var key = this.GetPrimaryKeyString();
        _roomId = key.StartsWith(RoomId.KeyOf(""), StringComparison.Ordinal) ? RoomId.FromKey(key) : key;
        _services = services;
        var channels = new RoomChannels(GrainFactory, services.Time, services.Options, services.Logger);
        _room = new ChatRoom(GrainFactory, _roomId, services);
        _reading = new ChatReading(channels, RoomId.ChatOf(_roomId));
        _publishing = new ChatPublishing(channels, RoomId.ChatOf(_roomId));
        _pulse = new ChatPulse(_roomId, channels, services, this);
        _marks = new ReadMarks(_roomId, channels);
        _owing = new RoomTimer(this, RecordAsync);
    }

    public async Task<Answer<RoomReceipt>> ActAsync(RoomCommand command)
    {
        var answer = await AnswerAsync(command);
        if (command?.Action is { } action)
            _services.Instruments.Commanded(ChatCommands.NameOf(action), answer.Refusal?.Code);
        if (answer is { Refusal.Code: RefusalCode.Timeout })
            _recall = null;
        await RecordAsync();
        return answer;
    }

    public async Task<Answer<Done>> ReportAsync(string userId, string? displayName, RoomAction report)
    {
        if ((CommandRules.CheckUserId("userId", userId) ?? ChatCommands.CheckReport(report)) is { } malformed)
            return malformed;
        var asked = await AskAsync(new ChatQuestion { Act = report is React ? ChatAct.React : ChatAct.Say, UserId = userId });
        if (asked.Value is not { } standing)
            return asked.Refusal!;
        var refusal = report is React react ? await ReactAsync(userId, react, standing) : SetTyping(userId, displayName, (SetTyping)report, standing);
        return refusal is null ? Done.Value : refusal;
    }

    // Interleaves: it reads, and keeps nothing.
    public async Task<Answer<ChatPage>> GetPageAsync(string userId, ChatPageRequest request)
    {
        if ((CommandRules.CheckUserId("userId", userId) ?? ChatCommands.Check(request)) is { } malformed)
            return malformed;
        var standing = await AskAsync(new ChatQuestion { Act = ChatAct.Read, UserId = userId });
        if (standing.IsRefused)
            return standing.Refusal;
        return await _reading.ReadAsync(userId, request) is { } page ? page : RoomRefusals.NotReady();
    }

    // Interleaves: of one user, one is told at a time, whoever else waits; nothing else of the chat is read or changed.
    public async Task<Answer<Done>> MarkReadAsync(string userId, long offset)
    {
        if ((CommandRules.CheckUserId("userId", userId) ?? ChatCommands.CheckOffset("offset", offset)) is { } malformed)
            return malformed;
        var asked = await AskAsync(new ChatQuestion { Act = ChatAct.Read, UserId = userId });
        if (asked.IsRefused)
            return asked.Refusal;
        if (await _reading.FindHeadAsync() is not { } head)
            return RoomRefusals.NotReady();
        if (offset > head.Offset)
            return Refusals.WrongField("offset", "must be the number of a message that is there");
        return await _marks.MarkAsync(userId, offset, _services.NowMs) is { } refusal ? refusal : Done.Value;
    }

    public Task SettleAsync() => _deciding.SettleAsync();

    private async Task<Answer<RoomReceipt>> AnswerAsync(RoomCommand command)
    {
        if ((CommandRules.Check(command) ?? ChatCommands.Check(command.Action)) is { } malformed)
            return malformed;
        if (_recall is null && await RecallAsync(command.UserId) is { } unready)
            return unready;
        var recall = _recall!;
        var print = ChatCommands.PrintOf(command.Action);
        if (recall.Answers.Find(command, _services.NowMs)?.AnswerTo(print) is { } given)
            return given;
        var turn = new ChatTurn(command, print, _services.NowMs);
        var answer = await _deciding.RunAsync(() => command.Action switch
        {
            SendChat send => SendAsync(turn, send, recall.Pace),
            EditChat edit => EditAsync(turn, edit, recall.Pace),
            _ => DeleteAsync(turn, (DeleteChat)command.Action, recall.Pace),
        });
        if (!answer.IsRefused)
            recall.Answers.Add(KeptReceipt.Of(command, print, answer.Value, turn.NowMs));
        return answer;
    }

    private async Task<Answer<RoomReceipt>> SendAsync(ChatTurn turn, SendChat send, ChatPace pace)
    {
        var asked = await AskAsync(turn.Question(ChatAct.Say) with { Mentions = ChatCommands.Listed(send.Mentions) });
        if (asked.Value is not { } standing)
            return asked.Refusal!;
        if (pace.Check(turn.UserId, standing.SlowModeSeconds, turn.NowMs) is { } tooFast)
            return tooFast;
        var (text, filtered) = _services.Filters.Judge(new ChatDraft(_roomId, turn.UserId, send.Text, IsEdit: false));
        var message = ChatMessages.Of(send with { Text = text }, turn.Command.DisplayName);
        if ((filtered ?? ChatRules.Check(message, standing)) is { } refusal)
            return refusal;
        if (send.ReplyTo is { } replyTo && (await _reading.FindAsync(turn.UserId, replyTo)).Refusal is { } gone)
            return gone;
        var answer = await _publishing.SayAsync(turn, standing, message);
        if (answer.Value is not { } receipt)
            return answer;
        pace.Count(turn.UserId, isNew: true, turn.NowMs);
        _pulse.SetTyping(turn.UserId, turn.Command.DisplayName, isTyping: false, standing.IsShadowMuted);
        if (!standing.IsShadowMuted && receipt.Position is { } position)
            Tell(position.Offset, turn.UserId, message);
        return answer;
    }

    private async Task<Answer<RoomReceipt>> EditAsync(ChatTurn turn, EditChat edit, ChatPace pace)
    {
        var asked = await AskAsync(turn.Question(ChatAct.Say) with { Mentions = ChatCommands.Listed(edit.Mentions) });
        if (asked.Value is not { } standing)
            return asked.Refusal!;
        var found = await _reading.FindAsync(turn.UserId, edit.Offset);
        if (found.Value is not { } line)
            return found.Refusal!;
        if ((ChatRules.RefuseToEdit(line, turn.UserId, turn.NowMs) ?? pace.Check(turn.UserId, slowSeconds: 0, turn.NowMs)) is { } refused)
            return refused;
        var (text, filtered) = _services.Filters.Judge(new ChatDraft(_roomId, turn.UserId, edit.Text, IsEdit: true));
        var message = ChatMessages.Edited(line.Message, edit with { Text = text }, turn.NowMs);
        if ((filtered ?? ChatRules.Check(message, standing)) is { } refusal)
            return refusal;
        var answer = await _publishing.ChangeAsync(turn, standing, line, message);
        if (!answer.IsRefused)
            pace.Count(turn.UserId, isNew: false, turn.NowMs);
        return answer;
    }

    private async Task<Answer<RoomReceipt>> DeleteAsync(ChatTurn turn, DeleteChat delete, ChatPace pace)
    {
        var asked = await AskAsync(turn.Question(ChatAct.Delete));
        if (asked.IsRefused)
            return asked.Refusal;
        var found = await _reading.FindAsync(turn.UserId, delete.Offset);
        if (found.Value is not { } line)
            return found.Refusal!;
        var isOwn = line.AuthorId == turn.UserId;

        // Only now is it known whose message it is, and whether they stand below.
        if (!isOwn)
            asked = await AskAsync(turn.Question(ChatAct.Delete) with { OfUserId = line.AuthorId });
        if (asked.Value is not { } standing)
            return asked.Refusal!;
        if (ChatRules.RefuseToDelete(line, turn.UserId, standing, turn.NowMs) is { } refusal)
            return refusal;

        // Each is a line of the room's log. Of one's own, there are no more than were said.
        if (!isOwn && pace.Check(turn.UserId, slowSeconds: 0, turn.NowMs) is { } tooFast)
            return tooFast;
        var answer = await _publishing.ChangeAsync(turn, standing with { IsShadowMuted = false }, line, ChatMessages.Deleted(line, turn.UserId));
        if (!answer.IsRefused)
            _pulse.Reactions.Forget(line.Offset);
        if (answer.IsRefused || isOwn)
            return answer;
        pace.Count(turn.UserId, isNew: false, turn.NowMs);
        Owe(new ChatDeletion { Offset = line.Offset, UserId = line.AuthorId, By = turn.UserId, AtMs = turn.NowMs });
        return answer;
    }

    private async Task<Refusal?> ReactAsync(string userId, React react, ChatStanding standing)
    {
        var isTheirs = standing.IsShadowMuted;
        if (react.Offset is { } offset && !_pulse.Reactions.IsKnown(offset))
        {
            var found = await _reading.FindAsync(userId, offset);
            if (found.Value is not { } line)
                return found.Refusal;

            // Nobody else has what was said in a shadow mute, also once that is over.
            isTheirs |= line.IsAuthorsOnly;
        }

        if (react.Offset is null && standing.EntryId is null)
            return SongRefusals.NothingPlaying();
        var refusal = _pulse.Reactions.Take(userId, react, standing.EntryId, _services.NowMs, isTheirs);
        _pulse.Changed();
        return refusal;
    }

    private Refusal? SetTyping(string userId, string? displayName, SetTyping report, ChatStanding standing)
    {
        if (standing.MembersCount > TypingList.MembersMax)
            return Refusals.Limit(RefusalCode.RoomLimit, $"Rooms of up to {TypingList.MembersMax} show who writes.", TypingList.MembersMax);
        _pulse.SetTyping(userId, displayName, report.IsTyping, standing.IsShadowMuted);
        return null;
    }

    /// <summary>Reads what was said lately; null, or why that cannot be done now. A room that does not exist has no chat, and nothing is kept for it.</summary>
    private async Task<Refusal?> RecallAsync(string userId)
    {
        var asked = await AskAsync(new ChatQuestion { Act = ChatAct.Recall, UserId = userId });
        if (asked.Value is not { } standing)
            return asked.Refusal;
        if (await _reading.CatchUpAsync() is { } behind)
            return behind;
        if (await _reading.ReadSinceAsync(_services.NowMs - ChatPace.MemoryMs, ChatRecall.CountMax) is not { } said)
            return RoomRefusals.NotReady();
        var recall = new ChatRecall(_services.Options);
        foreach (var publication in said.Publications)
            recall.Take(publication, standing.Revision, said.Position);
        foreach (var line in ChatTail.LinesOf(said.Publications, forUserId: null).Where(line => line.TimeMs > _services.NowMs - ChatMentions.AgainMs))
            Tell(line.Offset, line.Publisher!, line.Data.Read(WireJson.Default.ChatMessage)!);
        foreach (var deletion in recall.Deletions)
            Owe(deletion);
        _recall = recall;
        return null;
    }

    private async Task<Answer<ChatStanding>> AskAsync(ChatQuestion question)
    {
        var asked = await _room.AskAsync(question);
        if (asked is { Refusal.Code: RefusalCode.RoomNotFound })
            DeactivateOnIdle();
        return asked;
    }

    private void Tell(long offset, string authorId, ChatMessage message)
    {
        foreach (var (userId, notice) in ChatMentions.Of(_roomId, offset, authorId, message))
            _services.Notices.Post(userId, notice);
    }

    private void Owe(ChatDeletion deletion)
    {
        if (_owed.Count == OwedMax)
            _owed.Dequeue();
        _owed.Enqueue(deletion);
    }

    /// <summary>Lets the room note what was taken back. Not while something is being decided: the room may be waiting for that.</summary>
    private async Task RecordAsync()
    {
        while (_owed.TryPeek(out var deletion))
        {
            if ((await _room.RecordAsync(deletion)).Refusal is { Retryable: true } refusal)
            {
                _services.Logger.DeletionUnrecorded(_roomId, deletion.By, deletion.Offset, refusal.Code);
                _owing.Set(OwedRetry);
                return;
            }

            _owed.Dequeue();
        }
    }
}
