using System.Globalization;
using WhatsSound.Channels;
using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Presence;

/// <summary>How changes of presence are published.</summary>
internal static class PresencePublications
{
    /// <summary>What a tick has to tell, a publication each. Those who follow connections are told at the offset of the last; where there is none, at one that is a change of nothing to the others: offsets have no gap for anybody.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="total">How many members are here.</param>
    public static IEnumerable<(PresenceChanged Members, ConnectionsChanged? Connections)> Of(PresenceTick tick, int total)
    {
        for (var i = 0; i < tick.Publications.Length; i++)
            yield return (tick.Publications[i], i == tick.Publications.Length - 1 ? tick.Connections : null);
        if (tick.Publications.IsEmpty && tick.Connections is { } connections)
            yield return (new() { Total = total }, connections);
    }

    /// <summary>The publication of a change. Its id cannot meet a publisher's: the channel alone makes the event, once per offset.</summary>
    public static PublishRequest Of(PresenceChanged changed, Position head) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"presence:{head.Epoch}:{head.Offset + 1}"),
        Event = PresenceChanged.EventName,
        Data = Payload.Of(changed, WireJson.Default.PresenceChanged),
    };

    /// <summary>The publication with what it is to those who follow connections.</summary>
    public static Publication With(ConnectionsChanged? connections, Publication publication) => connections is null
        ? publication
        : publication with { Connections = Payload.Of(connections, WireJson.Default.ConnectionsChanged) };
}
