namespace WhatsSound.Rooms;

/// <summary>
/// Takes a message back: one's own within 15 minutes, or with a permission that of somebody below oneself. Its number stays, without what was said. Refusals: MESSAGE_NOT_FOUND, MESSAGE_TOO_OLD, FORBIDDEN,
/// TARGET_RANK_TOO_HIGH, RATE_LIMITED.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.DeleteChat")]
public sealed record DeleteChat : RoomAction
{
    /// <summary>The message's number.</summary>
    [Id(0)] public required long Offset { get; init; }
}
