namespace WhatsSound.Rooms;

/// <summary>A report: where the host's player is, of the host alone. Any number a second: listeners get at most two a second, and the last one. Not durable. Refusals: FORBIDDEN, STALE_ENTRY, INVALID_POSITION, NOTHING_PLAYING.</summary>
[GenerateSerializer, Immutable, Alias("ws.ReportHostPosition")]
public sealed record ReportHostPosition : RoomAction
{
    /// <summary>The song that plays.</summary>
    [Id(0)] public required string EntryId { get; init; }

    /// <summary>Milliseconds into the song.</summary>
    [Id(1)] public required long PositionMs { get; init; }
}
