namespace WhatsSound.Rooms;

/// <summary>Orders the songs by chance, or those of one user; the room draws the seed, and keeps it. Refusals: FORBIDDEN, ORDER_FIXED.</summary>
[GenerateSerializer, Immutable, Alias("ws.ShuffleQueue")]
public sealed record ShuffleQueue : RoomAction
{
    /// <summary>Whose songs; null: everybody's.</summary>
    [Id(0)] public string? UserId { get; init; }
}
