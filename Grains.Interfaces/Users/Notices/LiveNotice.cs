namespace WhatsSound.Users;

/// <summary>What a user is told when a song of somebody plays whom they follow.</summary>
[GenerateSerializer, Immutable, Alias("ws.LiveNotice")]
public sealed record LiveNotice
{
    /// <summary>Where.</summary>
    [Id(0)] public required string RoomId { get; init; }

    /// <summary>What the room is called.</summary>
    [Id(1)] public required string RoomName { get; init; }

    /// <summary>Whom they follow.</summary>
    [Id(2)] public required string UserId { get; init; }

    /// <summary>What that user is called.</summary>
    [Id(3)] public string? DisplayName { get; init; }

    /// <summary>What plays.</summary>
    [Id(4)] public required string Title { get; init; }
}
