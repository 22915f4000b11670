namespace WhatsSound.Rooms;

/// <summary>A page of a room's records.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomRecordsRequest")]
public sealed record RoomRecordsRequest
{
    /// <summary>The most records of a page.</summary>
    public const int CountBound = 100;

    /// <summary>Of which.</summary>
    [Id(0)] public required RoomRecordKind Kind { get; init; }

    /// <summary>Only those with a smaller number; null: from the newest on.</summary>
    [Id(1)] public long? Before { get; init; }

    /// <summary>How many, 1 to <see cref="CountBound"/>.</summary>
    [Id(2)] public int CountMax { get; init; } = CountBound;
}
