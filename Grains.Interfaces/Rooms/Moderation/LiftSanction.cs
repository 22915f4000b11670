namespace WhatsSound.Rooms;

/// <summary>Ends a sanction. One that somebody above the caller has imposed is theirs to lift. Refusals: FORBIDDEN, TARGET_RANK_TOO_HIGH, CANNOT_TARGET_SELF.</summary>
[GenerateSerializer, Immutable, Alias("ws.LiftSanction")]
public sealed record LiftSanction : RoomAction
{
    /// <summary>Which.</summary>
    [Id(0)] public required SanctionKind Kind { get; init; }

    /// <summary>Of whom.</summary>
    [Id(1)] public required string UserId { get; init; }
}
