namespace WhatsSound.Rooms;

/// <summary>Which plays of a room somebody wants.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomPlaysRequest")]
public sealed record RoomPlaysRequest
{
    /// <summary>The most of a page.</summary>
    public const int CountBound = 100;

    /// <summary>Those with lower numbers only; null: from the newest.</summary>
    [Id(0)] public long? Before { get; init; }

    /// <summary>1 to 100.</summary>
    [Id(1)] public required int CountMax { get; init; }

    /// <summary>Whether it is to take all of them out: for those who may read the room's records, who need not be in it.</summary>
    [Id(2)] public bool IsExport { get; init; }
}
