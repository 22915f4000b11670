using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>
/// Says something to everybody. Refusals: MESSAGE_EMPTY, MESSAGE_TOO_LONG, FILTERED, RATE_LIMITED, SLOW_MODE, MUTED, TIMED_OUT, CHAT_LOCKED; MESSAGE_NOT_FOUND of what it replies to, NOT_MEMBER of whom it mentions,
/// FORBIDDEN where it takes a permission to link or to mention everybody.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.SendChat")]
public sealed record SendChat : RoomAction
{
    /// <summary>The most <see cref="Mentions"/>, of an edit too.</summary>
    public const int MentionsMax = 10;

    /// <summary>1 to 500 graphemes, up to 2,000 bytes of UTF-8.</summary>
    [Id(0)] public required string Text { get; init; }

    /// <summary>The number of the message that it replies to.</summary>
    [Id(1)] public long? ReplyTo { get; init; }

    /// <summary>Whom it mentions: up to <see cref="MentionsMax"/> members.</summary>
    [Id(2)] public ImmutableArray<string> Mentions { get; init; } = [];

    /// <summary>Whether it is meant for everybody in the room.</summary>
    [Id(3)] public bool MentionsEveryone { get; init; }
}
