using System.Globalization;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue.Reading;

/// <summary>Reads a queue in parts: the visible window, and what is beyond it.</summary>
internal static class QueuePages
{
    /// <summary>The next songs to play.</summary>
    public static IEnumerable<QueuedSong> Window(SongQueue queue, int countMax = QueueChanged.WindowMax) =>
        queue.Order.Songs().Take(countMax).Select(entryId => queue.Songs[entryId]);

    /// <summary>A page after a place; without a cursor, the first.</summary>
    public static Answer<QueuePage> Read(SongQueue queue, string? cursor, int countMax)
    {
        if (countMax is < 1 or > QueuePage.EntriesMax)
            return Refusals.WrongField("count", $"must be 1 to {QueuePage.EntriesMax}");
        var (mode, place) = (queue.Mode, QueuePlace.Start);
        if (cursor is not null && !TryParse(cursor, out mode, out place))
            return Refusals.WrongField("cursor", "must be the 'next' of a page of this queue");
        var isRestarted = mode != queue.Mode;
        var after = queue.Order.After(isRestarted ? QueuePlace.Start : place).Take(countMax + 1).Select(entryId => queue.Songs[entryId]).ToList();
        return new QueuePage
        {
            Entries = [.. after.Take(countMax).Select(song => song.ToView())],
            Total = queue.Songs.Count,
            Next = after.Count > countMax ? Write(queue.Mode, queue.Order.PlaceOf(after[countMax - 1])) : null,
            IsRestarted = isRestarted,
        };
    }

    private static string Write(QueueMode mode, QueuePlace place) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)mode}.{(place.IsUnpinned ? 1 : 0)}.{place.First}.{place.Second}.{place.Third}");

    private static bool TryParse(string cursor, out QueueMode mode, out QueuePlace place)
    {
        var numbers = new long[5];
        var parts = cursor.Length > 100 ? [] : cursor.Split('.');
        var isRight = parts.Length == numbers.Length;
        for (var i = 0; isRight && i < parts.Length; i++)
            isRight = long.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]);
        mode = isRight && numbers[0] is >= 0 and <= (int)QueueMode.Votes ? (QueueMode)numbers[0] : default;
        place = new QueuePlace(numbers[1] != 0, numbers[2], numbers[3], numbers[4]);
        return isRight && (int)mode == numbers[0];
    }
}
