namespace WhatsSound.Rooms;

/// <summary>Sets the caller's vote on a queued song, or the one that plays; set semantics. Refusals: ENTRY_NOT_FOUND, SELF_VOTE, VOTING_DISABLED.</summary>
[GenerateSerializer, Immutable, Alias("ws.Vote")]
public sealed record Vote : RoomAction
{
    /// <summary>The song.</summary>
    [Id(0)] public required string EntryId { get; init; }

    /// <summary>-1, 0 or +1.</summary>
    [Id(1)] public required int Value { get; init; }
}
