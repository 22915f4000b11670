using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Order;

namespace WhatsSound.Grains.Queue.Songs;

/// <summary>On which queued songs a user has a vote, be it the adder's own: it follows from the songs, and is kept with them, so that a vote need not look through all.</summary>
internal sealed record VotedSongs
{
    private static readonly ImmutableDictionary<string, ImmutableHashSet<string>> Nobody = ImmutableDictionary.Create<string, ImmutableHashSet<string>>(StringComparer.Ordinal);

    public static VotedSongs None { get; } = new();

    /// <summary>Apart from the others, since these are many, and votes do not change them.</summary>
    private ImmutableDictionary<string, ImmutableHashSet<string>> ByAdder { get; init; } = Nobody;

    private ImmutableDictionary<string, ImmutableHashSet<string>> ByVoter { get; init; } = Nobody;

    /// <summary>Entry ids, in no order.</summary>
    public IEnumerable<string> Of(string userId) => (ByAdder.GetValueOrDefault(userId) ?? []).Concat(OthersOf(userId));

    /// <summary>Those that others added.</summary>
    public IEnumerable<string> OthersOf(string userId) => ByVoter.GetValueOrDefault(userId) ?? [];

    public VotedSongs Add(QueuedSong song) => new()
    {
        ByAdder = Set(ByAdder, song.AddedBy, song),
        ByVoter = song.Votes.Keys.Aggregate(ByVoter, (all, userId) => Set(all, userId, song)),
    };

    public VotedSongs Remove(QueuedSong song) => new()
    {
        ByAdder = Unset(ByAdder, song.AddedBy, song),
        ByVoter = song.Votes.Keys.Aggregate(ByVoter, (all, userId) => Unset(all, userId, song)),
    };

    /// <summary>The song's vote of this user may be another one now.</summary>
    public VotedSongs Update(string userId, QueuedSong song) =>
        this with { ByVoter = song.Votes.ContainsKey(userId) ? Set(ByVoter, userId, song) : Unset(ByVoter, userId, song) };

    private static ImmutableDictionary<string, ImmutableHashSet<string>> Set(ImmutableDictionary<string, ImmutableHashSet<string>> all, string userId, QueuedSong song) =>
        all.SetItem(userId, (all.GetValueOrDefault(userId) ?? ImmutableHashSet.Create<string>(StringComparer.Ordinal)).Add(song.EntryId));

    private static ImmutableDictionary<string, ImmutableHashSet<string>> Unset(ImmutableDictionary<string, ImmutableHashSet<string>> all, string userId, QueuedSong song)
    {
        if (!all.TryGetValue(userId, out var songs))
            return all;
        var left = songs.Remove(song.EntryId);
        return left.IsEmpty ? all.Remove(userId) : all.SetItem(userId, left);
    }
}
