using System.Collections.Immutable;

namespace WhatsSound.Presence;

/// <summary>What the channel made of a page of a gateway's list.</summary>
[GenerateSerializer, Immutable, Alias("ws.PresenceRollAnswer")]
public sealed record PresenceRollAnswer
{
    /// <summary>
    /// The ids of connections that are not in presence in spite of the list: newer ones of their users have taken their places, they have left, or the channel is
    /// full. The gateway takes them off its list.
    /// </summary>
    [Id(0)] public required ImmutableArray<string> Refused { get; init; }
}
