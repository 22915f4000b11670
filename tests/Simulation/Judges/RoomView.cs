using WhatsSound.Playback;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Simulation.Judges;

/// <summary>A room as one client sees it: a snapshot, and then what the channels said.</summary>
internal sealed class RoomView
{
    private readonly string _who;
    private readonly Findings _findings;
    private readonly SortedDictionary<long, Publication> _chat = [];
    private readonly SortedSet<string> _members = new(StringComparer.Ordinal);
    private string? _hostUserId;
    private SkipTally _skip = new() { Have = 0, Need = 1 };

    public RoomView(string who, string roomId, Findings findings)
    {
        _who = who;
        _findings = findings;
        Channels =
        [
            new(who, RoomId.KeyOf(roomId), TakeMain, findings),
            new(who, RoomId.ChatOf(roomId), TakeChat, findings),
            new(who, RoomId.QueueOf(roomId), TakeQueue, findings),
            new(who, RoomId.PlaybackOf(roomId), TakePlayback, findings),
        ];
    }

    public IReadOnlyList<ChannelFollower> Channels { get; }

    public QueueChanged? Queue { get; private set; }

    public PlaybackVector? Vector { get; private set; }

    /// <summary>The messages by their numbers, each as it was changed last.</summary>
    public IReadOnlyDictionary<long, Publication> Chat => _chat;

    public string ChatEpoch => Channels[1].Position.Epoch;

    public bool IsHost(string userId) => _hostUserId == userId;

    public ChannelFollower Of(string channel) => Channels.First(follower => follower.Channel == channel);

    public Dictionary<string, Position> Positions() => Channels.ToDictionary(follower => follower.Channel, follower => follower.Position);

    /// <summary>Everything is as the snapshot says.</summary>
    public void Become(RoomSnapshot snapshot)
    {
        foreach (var channel in Channels)
            channel.StartAt(snapshot.Positions[channel.Channel]);
        Queue = snapshot.Queue;
        Vector = WithoutHint(snapshot.Playback);
        _hostUserId = snapshot.HostUserId;
        _skip = snapshot.Skip;
        _members.Clear();
        _members.UnionWith(snapshot.Presence.Members.Select(member => member.UserId));
        _chat.Clear();
        foreach (var publication in snapshot.Chat)
            TakeChat(publication);
    }

    /// <summary>The subscriber law: a view built from frames is the room.</summary>
    public void CheckAgainst(RoomSnapshot snapshot)
    {
        Same("host", snapshot.HostUserId, _hostUserId);
        Same("members", Join(snapshot.Presence.Members.Select(member => member.UserId).Order(StringComparer.Ordinal)), Join(_members));
        Same("vector", WithoutHint(snapshot.Playback), Vector);
        Same("current", snapshot.Queue.Current?.EntryId, Queue?.Current?.EntryId);
        Same("window", Join(snapshot.Queue.Window.Select(Text)), Join(Queue?.Window.Select(Text) ?? []));
        Same("queued", snapshot.Queue.Total, Queue?.Total);
        Same("skip votes", snapshot.Skip.Have, _skip.Have);
        Same("chat", Join(snapshot.Chat.Select(Said)), Join(_chat.Values.TakeLast(snapshot.Chat.Length).Select(Said)));
        foreach (var channel in Channels)
            Same($"position of {channel.Channel}", snapshot.Positions[channel.Channel], channel.Position);
    }

    /// <summary>What is likely to play next is what it was when the vector was told.</summary>
    private static PlaybackVector WithoutHint(PlaybackVector vector) => vector with { Next = null };

    private void TakeMain(Publication publication)
    {
        if (publication.Event == RoomEvents.HostChanged)
        {
            _hostUserId = publication.Data.Read(WireJson.Default.HostChanged)!.HostUserId;
        }
        else if (publication.Event == PresenceChanged.EventName)
        {
            var changed = publication.Data.Read(WireJson.Default.PresenceChanged)!;
            _members.ExceptWith(changed.Left);
            _members.UnionWith(changed.Joined.Select(member => member.UserId));
            _findings.Check(changed.Total == _members.Count, "INV-M5", () => $"{_who} sees {Join(_members)}, and was told of {changed.Total}.");
        }
    }

    private void TakeChat(Publication publication)
    {
        if (publication.Event == RoomEvents.Chat)
            _chat[publication.Offset] = publication;
        else if (publication.Data.Read(WireJson.Default.ChatChange) is { } change && _chat.TryGetValue(change.Offset, out var line))
            _chat[change.Offset] = line with { Data = Payload.Of(change.Message, WireJson.Default.ChatMessage) };
    }

    private static string Said(Publication publication) => $"{publication.Id} {publication.Data}";

    private void TakeQueue(Publication publication)
    {
        if (publication.Event == QueueChanged.EventName)
        {
            var changed = publication.Data.Read(WireJson.Default.QueueChanged)!;
            _findings.Check(Queue is null || changed.Revision >= Queue.Revision, "INV-Q2", () => $"{_who} got queue {changed.Revision} after {Queue!.Revision}.");
            Queue = changed;
        }
        else if (publication.Event == RoomEvents.Skip)
        {
            _skip = publication.Data.Read(WireJson.Default.SkipTally)!;
        }
    }

    private void TakePlayback(Publication publication)
    {
        if (publication.Event != RoomEvents.Playback)
            return;
        var vector = WithoutHint(publication.Data.Read(WireJson.Default.PlaybackVector)!);
        var isNewer = Vector is null || (vector.Epoch, vector.Revision).CompareTo((Vector.Epoch, Vector.Revision)) >= 0;
        _findings.Check(isNewer, "INV-T3", () => $"{_who} got {vector} after {Vector}.");
        Vector = vector;
    }

    private void Same<T>(string what, T room, T seen) =>
        _findings.Check(EqualityComparer<T>.Default.Equals(room, seen), "Subscriber", () => $"{_who} sees {what} '{seen}', the room has '{room}'.");

    private static string Text(QueueEntryView entry) => $"{entry.EntryId[..6]}/{entry.Score}";

    private static string Join(IEnumerable<string> texts) => string.Join(' ', texts);
}
