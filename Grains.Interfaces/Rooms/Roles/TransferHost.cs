namespace WhatsSound.Rooms;

/// <summary>Makes another present member the host. Takes <c>nameHost</c>, which the host has; nobody takes it from a host who is here and stands as high as they do. Refusals: FORBIDDEN, NOT_MEMBER, TARGET_RANK_TOO_HIGH.</summary>
[GenerateSerializer, Immutable, Alias("ws.TransferHost")]
public sealed record TransferHost : RoomAction
{
    /// <summary>The host from now on.</summary>
    [Id(0)] public required string ToUserId { get; init; }
}
