namespace WhatsSound.Users;

/// <summary>What a room says of itself to the user who owns it, or is to.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomClaim")]
public sealed record RoomClaim
{
    /// <summary>The room.</summary>
    [Id(0)] public required string RoomId { get; init; }

    /// <summary>Its name.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>The room's revision when it is so; what is said with a lower one is late.</summary>
    [Id(2)] public required long Revision { get; init; }

    /// <summary>Whether it counts.</summary>
    [Id(3)] public UserRoomStatus Status { get; init; }

    /// <summary>Whether it is being created.</summary>
    [Id(4)] public bool IsNew { get; init; }
}
