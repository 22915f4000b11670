using System.Collections.Immutable;
using WhatsSound.Publications;

namespace WhatsSound.Rooms;

/// <summary>The answer to a carried-out room command. The same command id gets the same receipt.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomReceipt")]
public sealed record RoomReceipt
{
    /// <summary>The room's revision after the command: it counts the room's events.</summary>
    [Id(0)] public required long Revision { get; init; }

    /// <summary>The entries that <c>Enqueue</c> made, in the order of its tracks.</summary>
    [Id(1)] public ImmutableArray<string> EntryIds { get; init; } = [];

    /// <summary>Where a chat message is in the chat channel.</summary>
    [Id(2)] public Position? Position { get; init; }

    /// <summary>When a chat message was taken, Unix milliseconds.</summary>
    [Id(3)] public long? TimeMs { get; init; }

    /// <summary>Of <c>Enqueue</c>: what became of each track, in their order; otherwise null.</summary>
    [Id(4)] public ImmutableArray<SongAnswer>? Songs { get; init; }

    /// <summary>What <c>Undo</c> undoes the command by, for a minute; null: it cannot be undone.</summary>
    [Id(5)] public long? Operation { get; init; }

    /// <summary>The invite that was made.</summary>
    [Id(6)] public string? Invite { get; init; }
}
