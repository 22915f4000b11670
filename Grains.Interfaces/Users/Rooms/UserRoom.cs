namespace WhatsSound.Users;

/// <summary>A room of a user's.</summary>
[GenerateSerializer, Immutable, Alias("ws.UserRoom")]
public sealed record UserRoom
{
    /// <summary>The room.</summary>
    [Id(0)] public required string RoomId { get; init; }

    /// <summary>Its name, as it was when the user last had to do with it.</summary>
    [Id(1)] public required string Name { get; init; }

    /// <summary>Of an own room: since when it is as it is; of another: when the user joined it last. Unix milliseconds.</summary>
    [Id(2)] public required long AtMs { get; init; }

    /// <summary>Of an own room; otherwise null.</summary>
    [Id(3)] public UserRoomStatus? Status { get; init; }
}
