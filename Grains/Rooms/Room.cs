using System.Collections.Immutable;
using System.Text.Json.Serialization;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>A room: the sum of its events, nothing else. Immutable; only <see cref="RoomFold"/> makes the next one.</summary>
internal sealed record Room
{
    /// <summary>How many played songs are remembered: as many as a snapshot shows.</summary>
    public const int HistoryMax = 10;

    /// <summary>How many plays wait to be kept elsewhere; beyond it the oldest is lost to the history: hours of music, with a database that takes nothing.</summary>
    public const int UnkeptMax = 100;

    public required string RoomId { get; init; }

    public required RoomSettings Settings { get; init; }

    public required string OwnerUserId { get; init; }

    public required long CreatedAtMs { get; init; }

    /// <summary>How many events made it.</summary>
    public required long Revision { get; init; }

    /// <summary>The revision since which the queue is shown as it is. What is told again after a crash has it too, so nobody is told of an older queue than they have.</summary>
    public long QueueRevision { get; init; }

    public required PlaybackState Playback { get; init; }

    /// <summary>What <see cref="Queue"/> is stored as.</summary>
    public SongQueueSnapshot Songs
    {
        get => SongQueueSnapshot.Of(Queue, nowMs: 0);
        init => Queue = value.Upgrade().ToQueue();
    }

    /// <summary>What the queue takes; null: as the deployment says.</summary>
    public QueueLimits? QueueLimits { get; init; }

    /// <summary>The songs, the one that plays, and what members say of it.</summary>
    [JsonIgnore]
    internal SongQueue Queue { get; init; } = SongQueue.Create(QueueMode.Fair);

    /// <summary>The current song, playing or paused; null exactly when the vector is idle.</summary>
    [JsonIgnore]
    internal QueuedSong? Current => Queue.Current?.Song;

    /// <summary>The queue of a room that was stored until schema 2; null otherwise.</summary>
    [JsonInclude, JsonPropertyName("queue"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal FormerQueue? FormerQueue { get; init; }

    public string? HostUserId { get; init; }

    /// <summary>Whether the host stands in for one who vanished: then the owner regains on return.</summary>
    public bool IsHostStandIn { get; init; }

    /// <summary>Who is more than a listener, but for the owner.</summary>
    public ImmutableDictionary<string, RoomRole> Roles { get; init; } = ImmutableDictionary<string, RoomRole>.Empty;

    /// <summary>To whom the owner would give the room, and until when.</summary>
    public OwnershipOffer? OwnershipOffer { get; init; }

    /// <summary>Co-hosts, in the order in which they follow a lost host.</summary>
    public ImmutableArray<string> Succession { get; init; } = [];

    /// <summary>What takes another role here than in other rooms, by the permission's name.</summary>
    public ImmutableDictionary<string, RoomRole> Permissions { get; init; } = ImmutableDictionary<string, RoomRole>.Empty;

    /// <summary>What users may not do, by user; see <see cref="Rooms.Sanctions"/>.</summary>
    public ImmutableDictionary<string, ImmutableArray<Sanction>> Sanctions { get; init; } = ImmutableDictionary<string, ImmutableArray<Sanction>>.Empty;

    /// <summary>What members have told of others, the newest last.</summary>
    public ImmutableArray<MemberReport> Reports { get; init; } = [];

    /// <summary>Who did what, the newest last.</summary>
    public ImmutableArray<LogLine> Log { get; init; } = [];

    /// <summary>Null: it has none.</summary>
    public RoomPassword? Password { get; init; }

    /// <summary>By their ids.</summary>
    public ImmutableDictionary<string, Invite> Invites { get; init; } = ImmutableDictionary<string, Invite>.Empty;

    /// <summary>What invites are signed with; null before the first.</summary>
    public string? InviteKey { get; init; }

    /// <summary>Who came by an invite, the last last.</summary>
    public ImmutableArray<string> Admitted { get; init; } = [];

    /// <summary>Since when it is closed; null: it is open.</summary>
    public long? ClosedAtMs { get; init; }

    /// <summary>When it was opened again last; null: it was never closed.</summary>
    public long? ReopenedAtMs { get; init; }

    /// <summary>Whether it closed by itself, since nobody was in it.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Why it is closed.</summary>
    public string? ClosedFor { get; init; }

    /// <summary>Of which queued songs it was told that they come next.</summary>
    public ImmutableArray<string> NextNamed { get; init; } = [];

    /// <summary>The newest first.</summary>
    public ImmutableArray<HistoryItem> History { get; init; } = [];

    /// <summary>How many songs were played; before the first version that counted, as many as it remembered.</summary>
    public long PlaysCount { get; init; }

    /// <summary>Plays that are not known to be kept elsewhere, the newest last.</summary>
    public ImmutableArray<RoomPlay> Unkept { get; init; } = [];

    /// <summary>The vote to skip as the members were last told.</summary>
    public SkipTally SkipTold { get; init; } = new() { Have = 0, Need = 1 };

    /// <summary>The room as it is after what was done a while ago can no longer be undone.</summary>
    public Room At(long nowMs) => this with { Queue = Queue with { Undo = Queue.Undo.At(nowMs) } };

    /// <summary>The room after a song was played.</summary>
    public Room WithPlay(HistoryItem item) => this with
    {
        History = [item, .. History.Take(HistoryMax - 1)],
        PlaysCount = PlaysCount + 1,
        Unkept = [.. Unkept.TakeLast(UnkeptMax - 1), new RoomPlay { Number = PlaysCount + 1, Song = item }],
    };

    /// <summary>A room that was stored without what versions since have added.</summary>
    public Room Complete() => Counted().WithQueueRevision();

    /// <summary>A room of a version that did not count plays: those that it remembers are the first.</summary>
    private Room Counted() => PlaysCount > 0 || History.IsEmpty
        ? this
        : this with { PlaysCount = History.Length, Unkept = [.. History.Reverse().Select(static (item, index) => new RoomPlay { Number = index + 1, Song = item })] };

    /// <summary>A room of schema 2, where playback had the current song and the votes to skip it.</summary>
    public Room Upgrade() => this with
    {
        FormerQueue = null,
        Playback = new PlaybackState { Vector = Playback.Vector },
        Queue = (FormerQueue ?? new FormerQueue()).ToQueue() with { Current = Playback.FormerlyPlaying },
    };

    /// <summary>A room that was stored before the queue had a revision of its own: it may be as new as the room.</summary>
    private Room WithQueueRevision() => QueueRevision > 0 ? this : this with { QueueRevision = Revision };
}
