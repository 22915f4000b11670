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
}
