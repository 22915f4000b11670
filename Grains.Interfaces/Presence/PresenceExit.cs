namespace WhatsSound.Presence;

/// <summary>A connection that leaves a channel's presence.</summary>
[GenerateSerializer, Immutable, Alias("ws.PresenceExit")]
public sealed record PresenceExit
{
    /// <summary>The member.</summary>
    [Id(0)] public required string UserId { get; init; }

    /// <summary>The connection.</summary>
    [Id(1)] public required string ConnectionId { get; init; }

    /// <summary>True: it was lost, so the user has the grace to return. False: it left on purpose.</summary>
    [Id(2)] public bool Abrupt { get; init; }

    /// <summary>
    /// The gateway's number of this exit, as in <see cref="PresenceEntry.Sequence"/>: an entry of the connection with a lower number comes too late, and an exit with
    /// a lower number than its entry is of an earlier stay. 0: it is of the stay that the channel knows.
    /// </summary>
    [Id(3)] public long Sequence { get; init; }

    /// <summary>
    /// It was lost, <see cref="Abrupt"/>, as the client said that it would be: a tab was closed, or loaded again. The user is waited for as long as a page takes to load. An older channel waits for the whole grace.
    /// </summary>
    [Id(4)] public bool SaidGoodbye { get; init; }
}
