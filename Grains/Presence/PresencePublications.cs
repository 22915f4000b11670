using System.Globalization;
using WhatsSound.Channels;
using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Presence;

/// <summary>How a change of presence is published.</summary>
internal static class PresencePublications
{
    /// <summary>The publication of a change. Its id cannot meet a publisher's: the channel alone makes the event, once per offset.</summary>
    public static PublishRequest Of(PresenceChanged changed, Position head) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"presence:{head.Epoch}:{head.Offset + 1}"),
        Event = PresenceChanged.EventName,
        Data = Payload.Of(changed, WireJson.Default.PresenceChanged),
    };
}
