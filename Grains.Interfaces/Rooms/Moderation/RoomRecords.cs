using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>A page of records, the newest first.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomRecords")]
public sealed record RoomRecords
{
    /// <summary>Up to as many as were asked for.</summary>
    [Id(0)] public required ImmutableArray<RoomRecord> Records { get; init; }

    /// <summary>What to ask for the next page with as <c>before</c>; null: this is the last.</summary>
    [Id(1)] public long? Next { get; init; }
}
