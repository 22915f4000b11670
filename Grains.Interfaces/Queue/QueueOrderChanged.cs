using System.Collections.Immutable;

namespace WhatsSound.Queue;

/// <summary>
/// The content of a <c>queueOrder</c> publication: as <see cref="QueueChanged"/>, for whoever has the songs. It names none that was not current or in the window before, so whatever was left out since the last
/// <c>queue</c> publication with the key <see cref="QueueChanged.Key"/>, that and this make the window.
/// </summary>
public sealed record QueueOrderChanged
{
    /// <summary>The event name of such publications, and their key.</summary>
    public const string EventName = "queueOrder";

    /// <summary>As in <see cref="QueueChanged"/>.</summary>
    public required long Revision { get; init; }

    /// <summary>The song that is current; null when idle.</summary>
    public QueuePlaceView? Current { get; init; }

    /// <summary>The songs of the window, in playing order.</summary>
    public required ImmutableArray<QueuePlaceView> Window { get; init; }

    /// <summary>How many are queued in all.</summary>
    public required int Total { get; init; }

    /// <summary>What happened, as in <see cref="QueueChanged"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>The entry it happened to; null: to more than one.</summary>
    public string? EntryId { get; init; }

    /// <summary>How the queue is ordered.</summary>
    public QueueMode Mode { get; init; }

    /// <summary>What the queue takes; null: nobody has set anything.</summary>
    public QueueLimits? Limits { get; init; }

    /// <param name="whole">The same with the songs.</param>
    public static QueueOrderChanged Of(QueueChanged whole)
    {
        ArgumentNullException.ThrowIfNull(whole);
        return new()
        {
            Revision = whole.Revision,
            Current = whole.Current is { } current ? QueuePlaceView.Of(current) : null,
            Window = [.. whole.Window.Select(QueuePlaceView.Of)],
            Total = whole.Total,
            Reason = whole.Reason,
            EntryId = whole.EntryId,
            Mode = whole.Mode,
            Limits = whole.Limits,
        };
    }

    /// <summary>The window with the songs, for whoever had them. One that they had not is left out.</summary>
    public QueueChanged From(QueueChanged before)
    {
        ArgumentNullException.ThrowIfNull(before);
        var songs = new Dictionary<string, QueueEntryView>(StringComparer.Ordinal);
        foreach (var song in before.Window)
            songs[song.EntryId] = song;
        if (before.Current is { } current)
            songs[current.EntryId] = current;
        return new()
        {
            Revision = Revision,
            Current = Current is { } place ? SongAt(place) : null,
            Window = [.. Window.Select(SongAt).OfType<QueueEntryView>()],
            Total = Total,
            Reason = Reason,
            EntryId = EntryId,
            Mode = Mode,
            Limits = Limits,
        };

        QueueEntryView? SongAt(QueuePlaceView place) => songs.TryGetValue(place.EntryId, out var song) ? song with { Score = place.Score } : null;
    }
}
