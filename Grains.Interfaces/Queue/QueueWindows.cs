using System.Collections.Immutable;
using WhatsSound.Publications;

namespace WhatsSound.Queue;

/// <summary>What of a queue channel's publications still says something, for a subscriber who gets them at once.</summary>
public static class QueueWindows
{
    /// <summary>
    /// Without those that a later whole window stands for: an earlier one, under whichever of its two keys, and an earlier order. For what one subscriber gets, and not before it is known what that is: to who takes the order alone, a
    /// whole that says no more than an order is not told, and stands for nothing.
    /// </summary>
    public static ImmutableArray<Publication> Newest(ImmutableArray<Publication> publications)
    {
        var last = publications.Length - 1;
        while (last >= 0 && !IsOf(publications[last], QueueChanged.EventName))
            last--;
        if (last <= 0)
            return publications;
        var whole = publications[last].Offset;
        return publications.RemoveAll(publication => publication.Offset < whole && (IsOf(publication, QueueChanged.EventName) || IsOf(publication, QueueOrderChanged.EventName)));
    }

    private static bool IsOf(Publication publication, string eventName) => publication.PublisherKind == PublisherKind.Room && publication.Event == eventName;
}
