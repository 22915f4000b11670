using WhatsSound.Publications;

namespace WhatsSound.Grains.Storage;

/// <summary>A row of <c>PublicationLog</c>, in the order of its columns.</summary>
internal sealed record PublicationRow(
    long ChannelOffset, string PublicationId, long TimeMs, string? Publisher, string EventName, byte[] Data, string? ConflationKey)
{
    public Publication ToPublication() => new()
    {
        Offset = ChannelOffset,
        Id = PublicationId,
        TimeMs = TimeMs,
        Publisher = Publisher,
        Event = EventName,
        Data = new Payload(Data),
        Key = ConflationKey,
    };
}
