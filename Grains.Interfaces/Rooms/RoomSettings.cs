namespace WhatsSound.Rooms;

/// <summary>What a room's owner sets.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomSettings")]
public sealed record RoomSettings
{
    /// <summary>1 to 64 characters.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Up to 500 characters.</summary>
    [Id(1)] public string? Description { get; init; }

    /// <summary>Whether the room is in the public list.</summary>
    [Id(2)] public bool IsListed { get; init; } = true;
}
