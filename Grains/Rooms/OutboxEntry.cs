using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Rooms;

/// <summary>An event that is saved with the room and not yet known to be published.</summary>
internal sealed record OutboxEntry
{
    public required string Channel { get; init; }

    /// <summary>Made of the room's revision, so that publishing again is known to be the same.</summary>
    public required string Id { get; init; }

    public required string Event { get; init; }

    public string? Key { get; init; }

    public Payload Data { get; init; }

    public PublishRequest ToRequest(string roomId) =>
        new() { Id = Id, Event = Event, Key = Key, Data = Data, Publisher = roomId, PublisherKind = PublisherKind.Room };
}
