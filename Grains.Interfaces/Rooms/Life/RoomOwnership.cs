using WhatsSound.Users;

namespace WhatsSound.Rooms;

/// <summary>Whose a room is, as the room knows it.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomOwnership")]
public sealed record RoomOwnership
{
    /// <summary>The owner; null: there is no such room.</summary>
    [Id(0)] public string? OwnerUserId { get; init; }

    /// <summary>What the room says of itself; null: there is no such room.</summary>
    [Id(1)] public RoomClaim? Claim { get; init; }
}
