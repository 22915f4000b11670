using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>How a message, or the song that plays, was reacted to since the room's chat came into memory, or the song began: the content of a <c>reactions</c> publication. It replaces the one before of the same target.</summary>
[GenerateSerializer, Immutable, Alias("ws.ReactionCounts")]
public sealed record ReactionCounts
{
    /// <summary>The message's number; null: it is about the song that plays, or the room.</summary>
    [Id(0)] public long? Offset { get; init; }

    /// <summary>The song that plays; null of a message, and where none does.</summary>
    [Id(1)] public string? EntryId { get; init; }

    /// <summary>By emoji, those that came first first. Up to 12.</summary>
    [Id(2)] public required ImmutableArray<ReactionCount> Counts { get; init; }
}
