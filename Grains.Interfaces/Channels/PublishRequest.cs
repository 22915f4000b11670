using WhatsSound.Publications;

namespace WhatsSound.Channels;

/// <summary>A message to be published.</summary>
[GenerateSerializer, Immutable, Alias("ws.PublishRequest")]
public sealed record PublishRequest
{
    /// <summary>
    /// Made by the publisher: 1 to 64 characters. The same id again by the same <see cref="Publisher"/> of the same kind within 2 minutes or 10,000 publications has one effect and the same answer,
    /// also after a reconnect and on another gateway. Ids of rooms and of the system do not age: only 10,000 later ones of theirs displace them.
    /// </summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>What it is, for the receiver: 1 to 64 characters; null: nothing in particular.</summary>
    [Id(1)] public string? Event { get; init; }

    /// <summary>Up to the channel's publication size.</summary>
    [Id(2)] public Payload Data { get; init; }

    /// <summary>Conflation key, up to 64 characters.</summary>
    [Id(3)] public string? Key { get; init; }

    /// <summary>
    /// Who publishes: the user id of a session, the name of a session without a user, a room's id, or the name of a server's key; null for the system. Set by the gateway or by a grain, never by a client.
    /// </summary>
    [Id(4)] public string? Publisher { get; init; }

    /// <summary>Whose name <see cref="Publisher"/> is. Null: a user's if there is one.</summary>
    [Id(5)] public PublisherKind? PublisherKind { get; init; }

    /// <summary>The connection it comes from; null where it comes from none. Set by the gateway.</summary>
    [Id(6)] public string? Connection { get; init; }

    /// <summary>A JSON object of up to 16 texts by which subscribers may filter, up to 2 KiB; empty: none.</summary>
    [Id(7)] public Payload Headers { get; init; }

    /// <summary>A JSON object for whoever knows it, up to 4 KiB; empty: none.</summary>
    [Id(8)] public Payload Extras { get; init; }

    /// <summary>What it makes of an earlier publication of the channel; null: nothing. Set by a grain, never by a client.</summary>
    [Id(9)] public Amendment? Amends { get; init; }

    /// <summary>What it has for one user, in place of <see cref="Data"/>; where that is empty, nobody else gets anything. Null: all get the same. Set by a grain, never by a client.</summary>
    [Id(10)] public OwnData? Own { get; init; }
}
