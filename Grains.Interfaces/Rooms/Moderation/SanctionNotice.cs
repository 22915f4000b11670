namespace WhatsSound.Rooms;

/// <summary>
/// A sanction that was imposed or lifted: the content of a <c>sanction</c> publication. The room is told without the reason; whom it is about is told with it, in their own channel and in their snapshot.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.SanctionNotice")]
public sealed record SanctionNotice
{
    /// <summary>The room.</summary>
    [Id(0)] public required string RoomId { get; init; }

    /// <summary>Whom it is about.</summary>
    [Id(1)] public required string UserId { get; init; }

    /// <summary>What.</summary>
    [Id(2)] public required SanctionKind Kind { get; init; }

    /// <summary>The room's revision when it was so: whoever joined at a later one is not meant.</summary>
    [Id(3)] public required long Revision { get; init; }

    /// <summary>Until when, Unix milliseconds; null: until it is lifted.</summary>
    [Id(4)] public long? UntilMs { get; init; }

    /// <summary>Whether it was lifted.</summary>
    [Id(5)] public bool IsLifted { get; init; }

    /// <summary>Why; null where others read it.</summary>
    [Id(6)] public string? Reason { get; init; }
}
