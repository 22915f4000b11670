namespace WhatsSound.Rooms;

/// <summary>Says that the user writes, for the next 6 seconds, or does not any more. A report: without id. Refusals: ROOM_LIMIT in a room of more than 50; those of speaking.</summary>
[GenerateSerializer, Immutable, Alias("ws.SetTyping")]
public sealed record SetTyping : RoomAction
{
    /// <summary>Whether they write.</summary>
    [Id(0)] public required bool IsTyping { get; init; }
}
