namespace WhatsSound.Rooms;

/// <summary>Sets the caller's vote to skip the current song. Refusals: STALE_ENTRY, SKIP_TOO_EARLY, NOTHING_PLAYING, VOTING_DISABLED.</summary>
[GenerateSerializer, Immutable, Alias("ws.VoteSkip")]
public sealed record VoteSkip : RoomAction
{
    /// <summary>The song that the vote is meant for.</summary>
    [Id(0)] public required string EntryId { get; init; }

    /// <summary>Whether the song is to be skipped.</summary>
    [Id(1)] public required bool IsOn { get; init; }
}
