using WhatsSound.Publications;

namespace WhatsSound.Grains.Storage;

/// <summary>A row of <c>PublicationLog</c>, in the order of its columns.</summary>
internal sealed record PublicationRow(
    long ChannelOffset, string PublicationId, long TimeMs, string? Publisher, string EventName, byte[] Data, string? ConflationKey,
    long? PublisherKind, string? Connection, long? DataKind, byte[]? Headers, byte[]? Extras, byte[]? Connections, string? OwnUserId, byte[]? OwnData)
{
    public Publication ToPublication() => new()
    {
        Offset = ChannelOffset,
        Id = PublicationId,
        TimeMs = TimeMs,
        Publisher = Publisher,
        Event = EventName.Length == 0 ? null : EventName,
        Data = new Payload(Data) { Kind = (PayloadKind)(DataKind ?? 0) },
        Key = ConflationKey,
        PublisherKind = (PublisherKind?)PublisherKind,
        Connection = Connection,
        Headers = new Payload(Headers),
        Extras = new Payload(Extras),
        Connections = new Payload(Connections),
        Own = OwnUserId is null ? null : new OwnData { UserId = OwnUserId, Data = new Payload(OwnData) },
    };
}
