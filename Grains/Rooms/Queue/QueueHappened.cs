using System.Globalization;
using System.Text.Json;
using WhatsSound.Grains.Queue.Songs;

namespace WhatsSound.Grains.Rooms;

/// <summary>Something happened to the queue; what starts and ends songs is <see cref="TrackStarted"/> and <see cref="TrackEnded"/>, which have the vector too.</summary>
internal sealed record QueueHappened(QueueEvent Happened, long AtMs) : RoomEvent(AtMs)
{
    public static QueueHappened Of(QueueEvent happened) => new(happened, happened.AtMs);

    public override Room ApplyTo(Room room) => room with { Queue = QueueFold.Apply(room.Queue, Happened) };

    /// <summary>What somebody does for all, or to songs of others; what follows from votes is nobody's.</summary>
    public override LogLine? ToLog(Room before) => Happened switch
    {
        ModeChanged { ByUserId: { } by } changed => new(AtMs, "setQueueMode", by, Detail: JsonNamingPolicy.CamelCase.ConvertName($"{changed.Mode}")),
        FallbackChanged changed => new(AtMs, "setFallback", changed.ByUserId, Detail: changed.Tracks.Length.ToString(CultureInfo.InvariantCulture)),
        SongRemoved { ByUserId: { } by } removed => OfSong(before, "removeSong", removed.EntryId, by),
        SongPinned pinned => OfSong(before, "pinSong", pinned.EntryId, pinned.ByUserId),
        SongsCleared cleared when IsOfOthers(before, cleared) => new(AtMs, "clearQueue", cleared.ByUserId, cleared.UserId),
        OperationUndone undone when WhoDid(before, undone) is { } userId && userId != undone.ByUserId => new(AtMs, "undo", undone.ByUserId, userId),
        _ => null,
    };

    private LogLine? OfSong(Room before, string action, string entryId, string by) =>
        before.Queue.Songs.TryGetValue(entryId, out var song) && !song.IsOf(by) ? new(AtMs, action, by, song.AddedBy, song.Track.Title) : null;

    private static string? WhoDid(Room before, OperationUndone undone) => before.Queue.Undo.Operations.FirstOrDefault(operation => operation.Number == undone.Number)?.ByUserId;

    private static bool IsOfOthers(Room before, SongsCleared cleared) =>
        cleared.UserId is { } userId ? userId != cleared.ByUserId : before.Queue.Songs.Values.Any(song => !song.IsOf(cleared.ByUserId));
}
