using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Grains.Presence;
using WhatsSound.Grains.Rooms;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Rules.Rooms;
using WhatsSound.Tests.Simulation.Judges;

namespace WhatsSound.Tests.Rules.Composed;

/// <summary>
/// Everything between a command and what a client sees of it, in one thread and in this order and no other: rules, receipts, outbox, numbering, frames,
/// recovery; and what may go wrong between any two of them. A script of bytes says what happens.
/// </summary>
internal sealed class Composition
{
    private const string Name = "model";
    private const long ResendAgeMs = 90_000;

    private static readonly string[] Users = ["u0", "u1", "u2", "u3"];

    private readonly RoomOptions _options = new() { OutboxMax = 12 };
    private readonly RoomJudge _judge;
    private readonly OffsetJudge _offsets;
    private readonly ModelStore _store;
    private readonly ModelClient _client;
    private readonly ImmutableArray<ModelChannel> _channels;
    private readonly List<ModelCommand> _sent = [];
    private readonly Queue<(bool IsLost, bool IsDoubled)> _fates = [];
    private ModelRoom _room;
    private Attendance _attendance = Attendance.Nobody;
    private long _nowMs = 1_000_000;
    private int _entriesMade;

    public Composition(Mistake mistake)
    {
        Findings = new(() => TimeSpan.FromMilliseconds(_nowMs - 1_000_000));
        _judge = new(Findings, new OrderJudge(Findings));
        _offsets = new(Findings);
        _store = new(_judge, mistake);
        _client = new(Name, Findings, mistake);
        _channels = [.. RoomId.ChannelsOf(Name).Select(name => new ModelChannel(name, _offsets, mistake, Carry))];
        _room = Activate();
        foreach (var user in Users)
            _attendance = _attendance.WithMember(user, _nowMs);
        Send(new("u0", "create", room => RoomRules.Create(room, Name, "u0", new RoomSettings { Name = "A room" }, Moment)));
        TakeSnapshot();
    }

    public Findings Findings { get; }

    private RoomMoment Moment => RoomScript.MomentOf(_nowMs, _attendance, _options);

    private ModelChannel Chat => _channels[1];

    public void Step(byte what, byte how)
    {
        var user = Users[how % Users.Length];
        switch (what % 24)
        {
            case < 10:
                Command(what % 24, how, user);
                break;
            case 10 or 11:
                Say(user, $"chat-{_sent.Count}");
                break;
            case 12 or 13 or 14:
                SendAgain(how);
                break;
            case 15:
                _store.WritesToFail = 1 + (how % 3);
                break;
            case 16:
                _store.AnswersToLose = 1;
                break;
            case 17:
                // A crash, a deactivation in good order, or a snapshot in passing.
                if (how % 3 > 0)
                    _room.Snapshot();
                if (how % 3 < 2)
                    _room = Activate();
                break;
            case 18:
                _channels[how % _channels.Length].Crash();
                break;
            case 19:
                _channels[how % _channels.Length].IsReachable = how % 3 == 0;
                break;
            case 20 or 21:
                _fates.Enqueue((IsLost: what % 24 == 20, IsDoubled: what % 24 == 21));
                break;
            case 22:
                Recover();
                break;
            default:
                Pass(how * 40L);
                break;
        }

        if (_room.IsOvertaken)
            _room = Activate();
    }

    /// <summary>Nothing goes wrong any more; then the client sees the room, and everything that was said is there once.</summary>
    public void Settle()
    {
        _store.WritesToFail = _store.AnswersToLose = 0;
        _fates.Clear();
        foreach (var channel in _channels)
            channel.IsReachable = true;
        foreach (var command in _sent.Where(command => !command.IsSettled && _nowMs - command.SentAtMs < ResendAgeMs).ToList())
            Attempt(command);
        PassUntilAllIsSent();
        foreach (var channel in _channels)
            _client.Compare(channel);
        Recover();
        if (Snapshot() is not { } snapshot)
        {
            Findings.Break("Liveness", "the room gives no snapshot.");
            return;
        }

        if (_client.IsLost)
            _client.Become(snapshot);
        _client.View.CheckAgainst(snapshot);
        CheckChat();
    }

    private void Command(int kind, byte how, string user)
    {
        var room = _room.Room!;
        var host = room.HostUserId!;
        var current = room.Current?.EntryId ?? "none";
        var queued = room.Queue.Songs.Keys.Order(StringComparer.Ordinal).ToImmutableArray();
        var entry = queued.IsEmpty ? "none" : queued[how % queued.Length];
        var number = _sent.Count;
        Send(kind switch
        {
            0 or 1 or 2 => new(user, $"enqueue-{number}", decided => RoomRules.Enqueue(
                decided!, user, null, [RoomScript.Song(number, 1_000 + (how * 200))], () => $"entry-{++_entriesMade}", Moment)),
            3 => new(user, $"vote-{number}", decided => RoomRules.Vote(decided!, user, entry, (how / 4 % 3) - 1, Moment)),
            4 => new(user, $"voteskip-{number}", decided => RoomRules.VoteSkip(decided!, user, current, true, Moment)),
            5 => new(host, $"play-{number}", decided => RoomRules.Play(decided!, host, Moment)),
            6 => new(host, $"pause-{number}", decided => RoomRules.Pause(decided!, host, Moment)),
            7 => Seek(host, number, current, how * 100L),
            8 => new(host, $"skip-{number}", decided => RoomRules.Skip(decided!, host, current, Moment)),
            _ => Remove(host, number, entry),
        });
    }

    private ModelCommand Seek(string host, int number, string entryId, long positionMs)
    {
        _judge.MaySeek(entryId, positionMs);
        return new(host, $"seek-{number}", decided => RoomRules.Seek(decided!, host, entryId, positionMs, Moment));
    }

    private ModelCommand Remove(string host, int number, string entryId)
    {
        _judge.MayRemove(entryId);
        return new(host, $"remove-{number}", decided => RoomRules.RemoveEntry(decided!, host, entryId, Moment));
    }

    private void Send(ModelCommand command)
    {
        command.SentAtMs = _nowMs;
        _sent.Add(command);
        Attempt(command);
    }

    private void Say(string user, string id)
    {
        var request = new PublishRequest
        {
            Id = id,
            Event = RoomEvents.Chat,
            Data = Payload.Of(new ChatMessage { Text = id }, WireJson.Default.ChatMessage),
            Publisher = user,
        };
        var said = new ModelCommand(user, id, request) { SentAtMs = _nowMs };
        _sent.Add(said);
        Attempt(said);
    }

    private void SendAgain(byte how)
    {
        var again = _sent.Where(command => !command.IsRefused && _nowMs - command.SentAtMs < ResendAgeMs).ToList();
        if (again.Count > 0)
            Attempt(again[^(1 + (how % Math.Min(again.Count, 8)))]);
    }

    private void Attempt(ModelCommand command)
    {
        if (_room.IsOvertaken)
            _room = Activate();
        if (command.Message is { } message)
        {
            if (Chat.IsReachable)
                command.Take(Chat.Publish(message, _nowMs).Position, Findings);
            return;
        }

        var answer = _room.Execute(new() { CommandId = command.Id, UserId = command.UserId, Action = new JoinRoom() }, Moment, command.Decide!);
        Findings.Note($"{command.Id}: {answer.Refusal?.Code ?? $"revision {answer.Value!.Revision}"}");
        command.Take(answer, Findings);
        if (answer.Value is { } receipt)
        {
            var isKept = _judge.Room!.Revision >= receipt.Revision && receipt.EntryIds.All(_judge.HasAdded);
            Findings.Check(isKept, "INV-R2", () => $"{command.Id} was acknowledged, and is not in the store.");
        }
    }

    private void Recover()
    {
        foreach (var channel in _channels)
            _client.Recover(channel, _nowMs);
        if (_client.IsLost)
            TakeSnapshot();
    }

    private void TakeSnapshot()
    {
        if (Snapshot() is { } snapshot)
            _client.Become(snapshot);
    }

    /// <summary>As the room builds it: what is decided is published first. Null while a channel cannot be reached.</summary>
    private RoomSnapshot? Snapshot()
    {
        if (_room.CatchUp(Moment) is not null || !_room.Drain() || _channels.Any(channel => !channel.IsReachable))
            return null;
        foreach (var channel in _channels)
            channel.Wake(_nowMs);
        var presence = new PresenceView
        {
            Total = 0, Members = [], IsComplete = true, ActiveLastMinute = 0, Position = _channels[0].Head, Version = 1,
        };
        var positions = _channels.ToImmutableDictionary(channel => channel.Name, channel => channel.Head);
        return RoomSnapshots.Build(_room.Room!, Moment, "u0", presence, ChatTail.Of(Chat.Rewind(RoomSnapshots.ChatMax, _nowMs), "u0"), positions);
    }

    /// <summary>Lets time pass, and everything that is due by then happen.</summary>
    private void Pass(long ms)
    {
        for (var untilMs = _nowMs + ms; _nowMs < untilMs;)
        {
            _nowMs = Math.Min(untilMs, _nowMs + 250);
            _attendance = _attendance.Observe(_room.Room?.HostUserId, _nowMs);
            _room.CatchUp(Moment);
            if (_room.IsOvertaken)
                _room = Activate();
            _room.Drain();
            foreach (var channel in _channels)
                channel.Wake(_nowMs);
        }
    }

    /// <summary>A song may end in the last moment of any wait, and what that brings waits for its channel's next frame.</summary>
    private void PassUntilAllIsSent()
    {
        const int TriesMax = 60;
        Pass(2_000);
        for (var tries = 0; tries < TriesMax && _channels.Any(channel => channel.Sent != channel.Head); tries++)
            Pass(250);
    }

    private ModelRoom Activate() => new(_store, _options, new ModelClock(() => _nowMs), Publish);

    private bool Publish(OutboxEntry entry)
    {
        // What users are told is published beside the room's channels, and nothing of the room follows from it.
        if (entry.UserId is not null || entry.FollowersOf is not null)
            return true;
        var channel = _channels.First(channel => channel.Name == entry.Channel);
        if (channel.IsReachable)
            channel.Publish(entry.ToRequest("model"), _nowMs);
        return channel.IsReachable;
    }

    /// <summary>The lane: a frame arrives, or does not, or twice.</summary>
    private void Carry(ChannelFrame frame)
    {
        _fates.TryDequeue(out var fate);
        if (fate.IsLost)
            return;
        _client.Take(frame);
        if (fate.IsDoubled)
            _client.Take(frame);
    }

    private void CheckChat()
    {
        var byId = Chat.Log.ToLookup(publication => publication.Id);
        foreach (var command in _sent.Where(command => command.Position is not null))
            Findings.Check(byId[command.Id].Count() == 1, "INV-C1", () => $"{command.Id} is there {byId[command.Id].Count()} times.");
    }
}
