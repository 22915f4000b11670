using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Queue.Reading;
using WhatsSound.Publications;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Rooms;

/// <summary>The visible window of a room's queue.</summary>
internal static class QueueViews
{
    /// <summary>A window with the longest urls and titles is cut to this, so that its publication fits a channel's limit.</summary>
    public const int BytesMax = 48 * 1024;

    /// <summary>More than what is beside the window takes: a song, and some numbers.</summary>
    private const int BytesElse = 8 * 1024;

    public static QueueChanged Of(Room room, string reason, string? entryId)
    {
        var view = new QueueChanged
        {
            Revision = room.QueueRevision,
            Current = room.Current?.ToView(),
            Window = [.. QueuePages.Window(room.Queue).Select(song => song.ToView())],
            Total = room.Queue.Songs.Count,
            Reason = reason,
            EntryId = entryId,
            Mode = room.Queue.Mode,
            Limits = room.QueueLimits,
        };
        return Fit(view, BytesMax);
    }

    /// <summary>Whether whoever sees the room has all songs that the view shows.</summary>
    public static bool HasSongsOf(Room room, QueueChanged view)
    {
        var shown = ShownIn(room);
        return (view.Current is null || shown.Contains(view.Current.EntryId)) && view.Window.All(song => shown.Contains(song.EntryId));
    }

    private static HashSet<string> ShownIn(Room room)
    {
        var window = QueuePages.Window(room.Queue).ToList();
        var count = window.Sum(BytesAtMost) < BytesMax - BytesElse ? window.Count : Of(room, "", entryId: null).Window.Length;
        var shown = window.Take(count).Select(static song => song.EntryId).ToHashSet(StringComparer.Ordinal);
        if (room.Current is { } current)
            shown.Add(current.EntryId);
        return shown;
    }

    /// <summary>Without writing it: JSON takes up to six bytes for a character, and the rest is names and numbers.</summary>
    private static int BytesAtMost(QueuedSong song) =>
        256 + (6 * (song.EntryId.Length + song.Track.Url.Length + song.Track.Title.Length + (song.Track.Artist?.Length ?? 0) + song.AddedBy.Length + (song.AddedByName?.Length ?? 0)));

    /// <summary>
    /// Cuts the end of the window, so that the JSON is small enough. Each song is measured once, and none behind the last that fits: with the longest songs this is most of what a vote costs.
    /// </summary>
    public static QueueChanged Fit(QueueChanged view, int bytesMax)
    {
        var left = bytesMax - Payload.Of(view with { Window = [] }, WireJson.Default.QueueChanged).Length;
        var kept = 0;
        for (; kept < view.Window.Length; kept++)
        {
            // With the comma before it.
            left -= Payload.Of(view.Window[kept], WireJson.Default.QueueEntryView).Length + (kept > 0 ? 1 : 0);
            if (left < 0)
                break;
        }

        return kept == view.Window.Length ? view : view with { Window = view.Window[..kept] };
    }
}
