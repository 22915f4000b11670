using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>
/// Says something of one's own anew, within 15 minutes. Refusals: those of <see cref="SendChat"/>, but SLOW_MODE; MESSAGE_NOT_FOUND, MESSAGE_TOO_OLD; FORBIDDEN of somebody else's message.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.EditChat")]
public sealed record EditChat : RoomAction
{
    /// <summary>The message's number.</summary>
    [Id(0)] public required long Offset { get; init; }

    /// <summary>As in <see cref="SendChat"/>.</summary>
    [Id(1)] public required string Text { get; init; }

    /// <summary>As in <see cref="SendChat"/>; nobody is told again.</summary>
    [Id(2)] public ImmutableArray<string> Mentions { get; init; } = [];
}
