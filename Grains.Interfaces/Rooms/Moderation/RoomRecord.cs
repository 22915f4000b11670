namespace WhatsSound.Rooms;

/// <summary>Something that those who keep order can read.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomRecord")]
public sealed record RoomRecord
{
    /// <summary>Its place: the room's revision when it happened.</summary>
    [Id(0)] public required long Number { get; init; }

    /// <summary>When, Unix milliseconds.</summary>
    [Id(1)] public required long AtMs { get; init; }

    /// <summary>What: the kind of a sanction, <c>report</c>, or what was done.</summary>
    [Id(2)] public required string Action { get; init; }

    /// <summary>Who did it; null: the room by itself.</summary>
    [Id(3)] public string? ByUserId { get; init; }

    /// <summary>Whom it is about.</summary>
    [Id(4)] public string? UserId { get; init; }

    /// <summary>The reason, or what it was set to.</summary>
    [Id(5)] public string? Detail { get; init; }

    /// <summary>Until when it counts; null: not by time.</summary>
    [Id(6)] public long? UntilMs { get; init; }

    /// <summary>How many came by an invite.</summary>
    [Id(7)] public int? Uses { get; init; }

    /// <summary>How many may.</summary>
    [Id(8)] public int? UsesMax { get; init; }
}
