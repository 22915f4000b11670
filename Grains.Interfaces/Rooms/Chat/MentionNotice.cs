namespace WhatsSound.Rooms;

/// <summary>Somebody has mentioned the user in a room: the content of a <c>mention</c> publication in the user's notifications. What was said is in the room, as it is by then.</summary>
[GenerateSerializer, Immutable, Alias("ws.MentionNotice")]
public sealed record MentionNotice
{
    /// <summary>The room.</summary>
    [Id(0)] public required string RoomId { get; init; }

    /// <summary>The number of the message.</summary>
    [Id(1)] public required long Offset { get; init; }

    /// <summary>Who said it.</summary>
    [Id(2)] public required string ByUserId { get; init; }

    /// <summary>What they were called.</summary>
    [Id(3)] public string? DisplayName { get; init; }
}
