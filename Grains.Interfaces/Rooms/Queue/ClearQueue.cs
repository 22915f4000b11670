namespace WhatsSound.Rooms;

/// <summary>Takes all songs out of the queue, or those of one user. Refusals: FORBIDDEN.</summary>
[GenerateSerializer, Immutable, Alias("ws.ClearQueue")]
public sealed record ClearQueue : RoomAction
{
    /// <summary>Whose songs; null: everybody's.</summary>
    [Id(0)] public string? UserId { get; init; }
}
