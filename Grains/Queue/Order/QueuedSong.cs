using System.Collections.Immutable;
using System.Text.Json.Serialization;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue.Order;

/// <summary>A song in the queue, or the current one, with everybody's votes.</summary>
internal sealed record QueuedSong
{
    public required string EntryId { get; init; }

    public required Track Track { get; init; }

    public required string AddedBy { get; init; }

    /// <summary>The adder's display name, from their token.</summary>
    public string? AddedByName { get; init; }

    public required long AddedAtMs { get; init; }

    /// <summary>Counts the room's songs: of equals, the earlier one comes first.</summary>
    public required long Sequence { get; init; }

    /// <summary>Where the song stands among those that are ordered by hand; see <see cref="Ranks"/>.</summary>
    public required long Rank { get; init; }

    /// <summary>Who wants it played next; null: nobody does.</summary>
    public string? PinnedBy { get; init; }

    /// <summary>Counts the room's pins: the earlier one comes first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long PinSequence { get; init; }

    /// <summary>Whether it comes from the fallback playlist: then nobody is charged for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsFallback { get; init; }

    /// <summary>-1 or +1 of everybody who voted, without the adder, whose +1 is fixed.</summary>
    public ImmutableDictionary<string, int> Votes { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>The sum of <see cref="Votes"/>, kept with them: the order is asked for more often than votes change.</summary>
    public int NetVotes { get; init; }

    /// <summary>Up votes less down votes, with the adder's own.</summary>
    [JsonIgnore]
    public int Score => IsFallback ? NetVotes : NetVotes + 1;

    [JsonIgnore]
    public bool IsPinned => PinnedBy is not null;

    /// <summary>Whether it is this user's contribution.</summary>
    public bool IsOf(string userId) => userId == AddedBy && !IsFallback;

    /// <summary>A user's vote on this song, as everybody sees it.</summary>
    public int VoteOf(string userId) => IsOf(userId) ? 1 : Votes.GetValueOrDefault(userId);

    /// <summary>The song after a user's vote was set; -1, 0 or +1.</summary>
    public QueuedSong WithVote(string userId, int value) => this with
    {
        Votes = value == 0 ? Votes.Remove(userId) : Votes.SetItem(userId, value),
        NetVotes = NetVotes - Votes.GetValueOrDefault(userId) + value,
    };

    public QueuedSong Unpinned() => this with { PinnedBy = null, PinSequence = 0 };

    public QueueEntryView ToView() => new()
    {
        EntryId = EntryId,
        Track = Track,
        AddedBy = AddedBy,
        AddedByName = AddedByName,
        AddedAtMs = AddedAtMs,
        Score = Score,
        IsFallback = IsFallback,
    };
}
