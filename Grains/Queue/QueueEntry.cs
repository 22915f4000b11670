using System.Collections.Immutable;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue;

/// <summary>A song in the queue, or the current one, with everybody's votes.</summary>
internal sealed record QueueEntry
{
    public required string EntryId { get; init; }

    public required Track Track { get; init; }

    public required string AddedBy { get; init; }

    /// <summary>The adder's display name, from their token.</summary>
    public string? AddedByName { get; init; }

    public required long AddedAtMs { get; init; }

    /// <summary>Counts the room's entries: of equals, the earlier one comes first.</summary>
    public required long Sequence { get; init; }

    /// <summary>-1 or +1 of everybody who voted, without the adder, whose +1 is fixed.</summary>
    public ImmutableDictionary<string, int> Votes { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>The sum of <see cref="Votes"/>, kept with them: the order is asked for more often than votes change.</summary>
    public int NetVotes { get; init; }

    /// <summary>A user's vote on this entry, as everybody sees it.</summary>
    public int VoteOf(string userId) => userId == AddedBy ? 1 : Votes.GetValueOrDefault(userId);

    /// <summary>The entry after a user's vote was set; -1, 0 or +1.</summary>
    public QueueEntry WithVote(string userId, int value) => this with
    {
        Votes = value == 0 ? Votes.Remove(userId) : Votes.SetItem(userId, value),
        NetVotes = NetVotes - Votes.GetValueOrDefault(userId) + value,
    };

    public QueueEntryView ToView() => new()
    {
        EntryId = EntryId,
        Track = Track,
        AddedBy = AddedBy,
        AddedByName = AddedByName,
        AddedAtMs = AddedAtMs,
        Score = NetVotes + 1,
    };
}
