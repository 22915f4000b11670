namespace WhatsSound.Client;

/// <summary>The content of <c>queueOrder</c>: the queue in another order, and with other scores. It brings no song that was neither current nor in the window.</summary>
internal sealed record QueueOrder(
    long Revision,
    IReadOnlyList<QueueOrder.Place?> Window,
    int Total,
    QueueOrder.Place? Current = null,
    string Reason = "",
    string? EntryId = null,
    string Mode = "fair",
    QueueSettings? Limits = null)
{
    /// <summary>The queue with the songs that are known; others are left out.</summary>
    public RoomQueue Of(RoomQueue before)
    {
        var songs = new Dictionary<string, QueueEntry>(StringComparer.Ordinal);
        foreach (var song in before.Window)
            songs[song.EntryId] = song;
        if (before.Current is { } current)
            songs[current.EntryId] = current;
        return new RoomQueue(Revision, [.. Window.Select(SongAt).OfType<QueueEntry>()], Total, SongAt(Current), Reason, EntryId, Mode, Limits);

        QueueEntry? SongAt(Place? place) => place is not null && songs.TryGetValue(place.EntryId, out var song) ? song with { Score = place.Score } : null;
    }

    /// <summary>A song in the order.</summary>
    internal sealed record Place(string EntryId, int Score);
}
