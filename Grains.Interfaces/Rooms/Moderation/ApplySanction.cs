namespace WhatsSound.Rooms;

/// <summary>
/// Does something to a user who stands below the caller, whether they are here or not; of one kind the newest counts. Whoever is kicked or banned is out of the room at once, on all connections.
/// Refusals: FORBIDDEN, TARGET_RANK_TOO_HIGH, CANNOT_TARGET_SELF, ROOM_LIMIT.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.ApplySanction")]
public sealed record ApplySanction : RoomAction
{
    /// <summary>The longest time, in milliseconds: a year.</summary>
    public const long ForMsBound = 365L * 24 * 60 * 60 * 1000;

    /// <summary>The most characters of a reason, of a report too.</summary>
    public const int ReasonLengthMax = 200;

    /// <summary>What.</summary>
    [Id(0)] public required SanctionKind Kind { get; init; }

    /// <summary>To whom.</summary>
    [Id(1)] public required string UserId { get; init; }

    /// <summary>Why, up to <see cref="ReasonLengthMax"/> characters: for the user and for those who keep order, not for the room.</summary>
    [Id(2)] public string? Reason { get; init; }

    /// <summary>For how long, up to <see cref="ForMsBound"/>; null: until it is lifted. A kick says so itself.</summary>
    [Id(3)] public long? ForMs { get; init; }
}
