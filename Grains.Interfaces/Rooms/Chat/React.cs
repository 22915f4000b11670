namespace WhatsSound.Rooms;

/// <summary>
/// Reacts to the song that plays, or to a chat message. It is counted, and nobody is told who it was. A report: without id. Refusals: MESSAGE_NOT_FOUND; NOTHING_PLAYING; ROOM_LIMIT, where there are 12 kinds already; RATE_LIMITED, MUTED,
/// TIMED_OUT, FORBIDDEN.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.React")]
public sealed record React : RoomAction
{
    /// <summary>The most bytes of <see cref="Emoji"/>, in UTF-8.</summary>
    public const int EmojiBytesMax = 32;

    /// <summary>One emoji.</summary>
    [Id(0)] public required string Emoji { get; init; }

    /// <summary>The message's number; null: the song that plays or is paused.</summary>
    [Id(1)] public long? Offset { get; init; }
}
