namespace WhatsSound.Rooms;

/// <summary>A report: the reporter's player reached the end. The room's timer ends a song, once; before that it ends if as many say so as a skip takes. Refusals: STALE_ENTRY.</summary>
[GenerateSerializer, Immutable, Alias("ws.ReportEnded")]
public sealed record ReportEnded : RoomAction
{
    /// <summary>The song that is over.</summary>
    [Id(0)] public required string EntryId { get; init; }
}
