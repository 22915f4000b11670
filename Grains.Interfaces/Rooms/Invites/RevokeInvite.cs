namespace WhatsSound.Rooms;

/// <summary>Ends an invite; whoever came by it stays. An unknown one is no error. Refusals: FORBIDDEN.</summary>
[GenerateSerializer, Immutable, Alias("ws.RevokeInvite")]
public sealed record RevokeInvite : RoomAction
{
    /// <summary>Its id: the part of the invite before the point.</summary>
    [Id(0)] public required string InviteId { get; init; }
}
