using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Queue;

/// <summary>A queue that is given commands, and remembers what happened.</summary>
internal sealed class SongPlay
{
    private int _lastEntry;

    public SongPlay(QueueMode mode = QueueMode.Fair, QueueSettings? settings = null, IComparer<Placed>? comparer = null)
    {
        Start = SongQueue.Create(mode, comparer);
        Queue = Start;
        Settings = settings ?? QueueSettings.Default with { SongsMax = 10_000, AllowsDuplicates = true, Quota = new UserQuota { SongsMax = 10_000 } };
    }

    public SongQueue Start { get; }

    public SongQueue Queue { get; private set; }

    public QueueSettings Settings { get; set; }

    public Electorate Electorate { get; set; } = Electorate.Nobody;

    public long NowMs { get; set; } = 1_000_000;

    public List<QueueEvent> Events { get; } = [];

    public IEnumerable<string> Order => Queue.Order.Songs();

    public QueueMoment Moment => new(NowMs, Settings, Electorate);

    public static QueueActor User(string userId, QueueRights rights = QueueRights.None, string role = "listener") => new(userId, $"The {userId}", role, rights);

    public static QueueActor Host => User("host", QueueRights.Manage | QueueRights.Pin, "host");

    public static Track Song(string name, long durationMs = 180_000) => new() { Url = $"https://music.example/{name}.mp3", Title = name, DurationMs = durationMs };

    public QueueDecision Do(QueueActor actor, QueueCommand command)
    {
        var decision = SongQueueRules.Decide(Queue, actor, command, Moment);
        Queue = decision.Queue ?? Queue;
        Events.AddRange(decision.Events);
        return decision;
    }

    public QueueDecision Do(string userId, QueueCommand command) => Do(User(userId), command);

    /// <summary>Adds one song, of its own name unless one is given.</summary>
    public string Add(string userId, string? name = null)
    {
        var entryId = NewId();
        var decision = Do(userId, new AddSongs([new NewSong(entryId, Song(name ?? entryId))]));
        return decision.Results[0].EntryId ?? throw new InvalidOperationException(decision.Results[0].Refusal!.Message);
    }

    public QueueDecision Batch(QueueActor actor, params Track[] tracks) =>
        Do(actor, new AddSongs([.. tracks.Select(track => new NewSong(NewId(), track))]));

    /// <summary>The current song ends, and the next starts.</summary>
    public string? Next()
    {
        if (Queue.Current is { } current)
            Do(Host, new EndSong(current.Song.EntryId, "completed"));
        Do(Host, new StartNext($"f{Queue.LastSequence}"));
        return Queue.Current?.Song.EntryId;
    }

    public QueueDecision Vote(string userId, string entryId, int value = 1) => Do(userId, new VoteOnSong(entryId, value));

    /// <summary>Goes on with a queue that was stored.</summary>
    public void Restore(SongQueue queue) => Queue = queue;

    public string NewId() => $"e{++_lastEntry}";

    public ImmutableHashSet<string> Waiting => [.. Queue.Songs.Values.Select(song => song.AddedBy)];
}
