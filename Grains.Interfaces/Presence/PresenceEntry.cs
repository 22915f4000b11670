using WhatsSound.Publications;

namespace WhatsSound.Presence;

/// <summary>A connection that enters a channel's presence.</summary>
[GenerateSerializer, Immutable, Alias("ws.PresenceEntry")]
public sealed record PresenceEntry
{
    /// <summary>The most bytes of what a connection shows: a name, a colour and a picture's address.</summary>
    public const int InfoBytesMax = 1_024;

    /// <summary>The member: 1 to 128 characters. A member is a user, with any number of connections.</summary>
    [Id(0)] public required string UserId { get; init; }

    /// <summary>Unique over all gateways.</summary>
    [Id(1)] public required string ConnectionId { get; init; }

    /// <summary>The gateway that holds the connection, whose lease keeps it.</summary>
    [Id(2)] public required Guid GatewayId { get; init; }

    /// <summary>What this connection shows of the member: up to 1 KiB of JSON. The others see that of the connection which entered last and is still there.</summary>
    [Id(3)] public Payload Info { get; init; }

    /// <summary>What the member is called: the display name of the user's token, up to 64 characters; set by the gateway, never taken from <see cref="Info"/>.</summary>
    [Id(4)] public string? DisplayName { get; init; }

    /// <summary>
    /// The gateway's number of this entry: higher than those of all entries and exits that it made before. An entry that comes late, or again, is known by it:
    /// it wins over nothing that has a higher number. 0: a gateway that does not number; what it enters counts as it comes.
    /// </summary>
    [Id(5)] public long Sequence { get; init; }

    /// <summary>
    /// Up to how many members with a connection a newcomer is taken; 0: as many as the channel takes. Set by the grain that manages the channel. Members within
    /// their grace do not count, and whoever is one gets back in; all together are never more than twice as many.
    /// </summary>
    [Id(6)] public int MembersMax { get; init; }

    /// <summary>
    /// What those who follow connections know the connection by, 1 to 128 characters; null: <see cref="ConnectionId"/>. A session that is resumed has the same as before on
    /// a new connection, and so takes the place that it had, if that is within the grace.
    /// </summary>
    [Id(7)] public string? SessionId { get; init; }
}
