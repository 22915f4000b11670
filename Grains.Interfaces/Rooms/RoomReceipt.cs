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
}
