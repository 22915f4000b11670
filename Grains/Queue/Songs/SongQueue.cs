using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue.Songs;

/// <summary>
/// A room's queue: the songs, their order, the one that plays, and what can be undone. It is the sum of its events; only <see cref="QueueFold"/> makes the next
/// one. Immutable, so that a decision that is not kept has changed nothing. A command costs the logarithm of the length.
/// </summary>
internal sealed record SongQueue
{
    private SongQueue(QueueOrder order) => Order = order;

    /// <summary>By entry id.</summary>
    public ImmutableDictionary<string, QueuedSong> Songs { get; init; } = ImmutableDictionary<string, QueuedSong>.Empty;

    public QueueOrder Order { get; init; }

    public SongIndex Queued { get; init; } = SongIndex.Empty;

    public VotedSongs Voted { get; init; } = VotedSongs.None;

    /// <summary>The entry that each pinning user has pinned: one each.</summary>
    public ImmutableDictionary<string, string> Pinned { get; init; } = ImmutableDictionary<string, string>.Empty;

    public PlayingSong? Current { get; init; }

    public RecentPlays Recent { get; init; } = RecentPlays.None;

    public FallbackPlaylist Fallback { get; init; } = FallbackPlaylist.Silence;

    public UndoLog Undo { get; init; } = UndoLog.Empty;

    /// <summary>How many songs the room has ever had.</summary>
    public long LastSequence { get; init; }

    /// <summary>How many pins.</summary>
    public long LastPin { get; init; }

    public QueueMode Mode => Order.Mode;

    /// <param name="mode">How it orders.</param>
    /// <param name="comparer">Compares; a test counts with it.</param>
    public static SongQueue Create(QueueMode mode, IComparer<Placed>? comparer = null) => new(new QueueOrder(mode, comparer ?? PlacedComparer.Instance));

    /// <summary>The song to play next by the order alone; null if nothing is queued.</summary>
    public QueuedSong? Next => Order.Songs().FirstOrDefault() is { } entryId ? Songs[entryId] : null;

    /// <summary>Adds a song, which may be back from being removed: then its contributor has not stepped down in between.</summary>
    public SongQueue With(QueuedSong song, bool isBack = false) => this with
    {
        Songs = Songs.Add(song.EntryId, song),
        Order = Order.Add(song, isBack),
        Queued = Queued.Add(song),
        Voted = Voted.Add(song),
        Pinned = song.PinnedBy is { } by ? Pinned.SetItem(by, song.EntryId) : Pinned,
    };

    public SongQueue Without(QueuedSong song) => this with
    {
        Songs = Songs.Remove(song.EntryId),
        Order = Order.Remove(song),
        Queued = Queued.Remove(song),
        Voted = Voted.Remove(song),
        Pinned = song.PinnedBy is { } by ? Pinned.Remove(by) : Pinned,
    };

    /// <summary>Without any songs.</summary>
    public SongQueue Cleared() => this with
    {
        Songs = Songs.Clear(),
        Order = Order.Restored(Order.Contributors.ByUser.Values, []),
        Queued = SongIndex.Empty,
        Voted = VotedSongs.None,
        Pinned = Pinned.Clear(),
    };

    /// <summary>A queued song has got a user's vote; -1, 0 or +1.</summary>
    public SongQueue Vote(QueuedSong song, string userId, int value)
    {
        var voted = song.WithVote(userId, value);
        return Replace(voted) with { Voted = Voted.Update(userId, voted) };
    }

    /// <summary>A queued song has got another rank, or a pin.</summary>
    public SongQueue Replace(QueuedSong song)
    {
        var before = Songs[song.EntryId];
        var pinned = before.PinnedBy is { } was ? Pinned.Remove(was) : Pinned;
        return this with
        {
            Songs = Songs.SetItem(song.EntryId, song),
            Order = Order.Replace(before, song),
            Pinned = song.PinnedBy is { } by ? pinned.SetItem(by, song.EntryId) : pinned,
        };
    }

    /// <summary>Whether a user has voted on anything that is queued, current, or may come back.</summary>
    public bool HasVoteOf(string userId) =>
        Voted.OthersOf(userId).Any()
        || (Current is { } current && (current.Song.Votes.ContainsKey(userId) || current.Ballots.Has(userId)))
        || Undo.Operations.Any(operation => operation.Removed.Any(song => song.Votes.ContainsKey(userId)));

    /// <summary>The entry, queued or current.</summary>
    public QueuedSong? Find(string entryId) =>
        Songs.GetValueOrDefault(entryId) ?? (Current?.Song.EntryId == entryId ? Current.Song : null);
}
