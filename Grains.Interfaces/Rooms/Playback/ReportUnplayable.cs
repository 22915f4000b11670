namespace WhatsSound.Rooms;

/// <summary>A report: the reporter's player cannot play the song. It ends once as many say so as a skip takes. Refusals: STALE_ENTRY, NOTHING_PLAYING.</summary>
[GenerateSerializer, Immutable, Alias("ws.ReportUnplayable")]
public sealed record ReportUnplayable : RoomAction
{
    /// <summary>The song.</summary>
    [Id(0)] public required string EntryId { get; init; }
}
