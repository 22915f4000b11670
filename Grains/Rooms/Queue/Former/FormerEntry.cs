using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Rooms;

/// <summary>A song as rooms of schema 2 stored it, and their journals.</summary>
internal sealed record FormerEntry
{
    public required string EntryId { get; init; }

    public required Track Track { get; init; }

    public required string AddedBy { get; init; }

    public string? AddedByName { get; init; }

    public required long AddedAtMs { get; init; }

    public required long Sequence { get; init; }

    public ImmutableDictionary<string, int> Votes { get; init; } = ImmutableDictionary<string, int>.Empty;

    public int NetVotes { get; init; }

    public QueuedSong ToSong() => new()
    {
        EntryId = EntryId,
        Track = Track,
        AddedBy = AddedBy,
        AddedByName = AddedByName,
        AddedAtMs = AddedAtMs,
        Sequence = Sequence,
        Rank = Ranks.Of(Sequence),
        Votes = Votes,
        NetVotes = NetVotes,
    };
}
