using System.Collections.Immutable;
using WhatsSound.Publications;

namespace WhatsSound.Rooms;

/// <summary>A part of what was said in a room, as it is now: with all changes, and with what was taken back as such.</summary>
[GenerateSerializer, Immutable, Alias("ws.ChatPage")]
public sealed record ChatPage
{
    /// <summary>Messages in the order of their numbers.</summary>
    [Id(0)] public required ImmutableArray<Publication> Lines { get; init; }

    /// <summary>What the next page in the same direction is asked for with, as <c>before</c> or <c>after</c>; null: there is none.</summary>
    [Id(1)] public long? Next { get; init; }

    /// <summary>How far the chat had come.</summary>
    [Id(2)] public required Position Position { get; init; }
}
