namespace WhatsSound.Rooms;

/// <summary>The content of a <c>closed</c> publication: everybody is out.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomClosing")]
public sealed record RoomClosing
{
    /// <summary>The room.</summary>
    [Id(0)] public required string RoomId { get; init; }

    /// <summary>Why, as whoever closed it says; <c>empty</c> for a temporary room that nobody was in.</summary>
    [Id(1)] public string? Reason { get; init; }

    /// <summary>The room's revision when it was so.</summary>
    [Id(2)] public required long Revision { get; init; }
}
