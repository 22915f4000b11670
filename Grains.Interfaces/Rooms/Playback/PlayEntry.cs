namespace WhatsSound.Rooms;

/// <summary>Ends what plays, if anything does, and starts a song of the queue, whatever comes before it. Takes <c>controlPlayback</c>, which the host has. Refusals: FORBIDDEN, ENTRY_NOT_FOUND, RECENTLY_PLAYED.</summary>
[GenerateSerializer, Immutable, Alias("ws.PlayEntry")]
public sealed record PlayEntry : RoomAction
{
    /// <summary>The song. The one that is current goes on, if it is paused.</summary>
    [Id(0)] public required string EntryId { get; init; }
}
