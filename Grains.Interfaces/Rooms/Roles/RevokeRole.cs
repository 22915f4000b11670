namespace WhatsSound.Rooms;

/// <summary>Makes a user a listener again. Everybody may give up their own role, but the owner; and whoever is offered the room declines it so. Refusals: FORBIDDEN, TARGET_RANK_TOO_HIGH, CANNOT_TARGET_SELF for the owner.</summary>
[GenerateSerializer, Immutable, Alias("ws.RevokeRole")]
public sealed record RevokeRole : RoomAction
{
    /// <summary>Who loses it.</summary>
    [Id(0)] public required string OfUserId { get; init; }
}
