namespace WhatsSound.Rooms;

/// <summary>Up to which message a user has read a room's chat: the content of a <c>read</c> publication in the user's markers. It replaces the one before of the same room.</summary>
[GenerateSerializer, Immutable, Alias("ws.ReadMark")]
public sealed record ReadMark
{
    /// <summary>The room.</summary>
    [Id(0)] public required string RoomId { get; init; }

    /// <summary>The number of the last message that was read.</summary>
    [Id(1)] public required long Offset { get; init; }
}
