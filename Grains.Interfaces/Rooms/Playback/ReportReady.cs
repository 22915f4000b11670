namespace WhatsSound.Rooms;

/// <summary>A report: the reporter's player has loaded enough of a song to start. A room that waits for its members starts once most are ready.</summary>
[GenerateSerializer, Immutable, Alias("ws.ReportReady")]
public sealed record ReportReady : RoomAction
{
    /// <summary>The song: the one that is announced, or the next.</summary>
    [Id(0)] public required string EntryId { get; init; }
}
