using System.Collections.Immutable;
using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Messages;

/// <summary>Makes of the changes of presence that a channel has published what each kind of subscriber is told.</summary>
internal static class PresenceShapes
{
    public const int Count = 3;

    /// <summary>Whether it is the channel's own word of its presence: others may use the name where a channel has none.</summary>
    public static bool IsPresence(Publication publication) =>
        publication is { Event: PresenceChanged.EventName, Publisher: null, PublisherKind: null or PublisherKind.System };

    public static ImmutableArray<Publication> Of(PresenceShape shape, ImmutableArray<Publication> publications) => shape switch
    {
        PresenceShape.Members => publications,
        PresenceShape.Connections => [.. publications.Where(static one => !IsPresence(one) || one.Connections.Length > 0).Select(static one => IsPresence(one) ? one with { Data = one.Connections } : one)],
        _ => publications.RemoveAll(IsPresence),
    };
}
