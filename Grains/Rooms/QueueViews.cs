using WhatsSound.Grains.Queue;
using WhatsSound.Publications;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Rooms;

/// <summary>The visible window of a room's queue.</summary>
internal static class QueueViews
{
    /// <summary>A window with the longest urls and titles is cut to this, so that its publication fits a channel's limit.</summary>
    public const int BytesMax = 48 * 1024;

    public static QueueChanged Of(Room room, string reason, string? entryId)
    {
        var view = new QueueChanged
        {
            Revision = room.Revision,
            Current = room.Playback.Current?.ToView(),
            Window = [.. QueueRules.Preview(room.Queue, QueueChanged.WindowMax).Select(entry => entry.ToView())],
            Total = room.Queue.Entries.Count,
            Reason = reason,
            EntryId = entryId,
        };
        return Fit(view, BytesMax);
    }

    /// <summary>Cuts the end of the window until the JSON is small enough.</summary>
    public static QueueChanged Fit(QueueChanged view, int bytesMax)
    {
        for (var bytes = BytesOf(view); bytes > bytesMax && view.Window.Length > 0; bytes = BytesOf(view))
        {
            var kept = (int)Math.Min(view.Window.Length - 1, (long)view.Window.Length * bytesMax / bytes);
            view = view with { Window = view.Window[..kept] };
        }

        return view;
    }

    private static int BytesOf(QueueChanged view) => Payload.Of(view, WireJson.Default.QueueChanged).Length;
}
