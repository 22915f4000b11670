namespace WhatsSound.Rooms;

/// <summary>Who has a role.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoleHolder")]
public sealed record RoleHolder
{
    /// <summary>Who.</summary>
    [Id(0)] public required string UserId { get; init; }

    /// <summary>Neither listener nor host.</summary>
    [Id(1)] public required RoomRole Role { get; init; }
}
