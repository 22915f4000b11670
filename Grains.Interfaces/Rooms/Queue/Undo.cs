namespace WhatsSound.Rooms;

/// <summary>Undoes what a receipt's operation names, within a minute: who did it, as long as they still may, and who manages the queue. Refusals: UNDO_GONE, FORBIDDEN, QUEUE_FULL, DUPLICATE_TRACK.</summary>
[GenerateSerializer, Immutable, Alias("ws.Undo")]
public sealed record Undo : RoomAction
{
    /// <summary>The operation of the receipt.</summary>
    [Id(0)] public required long Operation { get; init; }
}
