using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Playback;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Rooms;

/// <summary>The current entry became history, for one of <see cref="EndReasons"/>; by whom, if a member ended it.</summary>
internal sealed record TrackEnded(string EntryId, string EndReason, PlaybackVector Vector, long AtMs, int Listeners = 0, int Peak = 0, double Average = 0, string? By = null) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room)
    {
        var playing = room.Queue.Current ?? throw new InvalidOperationException("Nothing was playing.");
        var current = playing.Song;
        var listenedMs = room.Playback.ListenedMs + PlaybackRules.PlayedMs(room.Playback.Vector, AtMs);
        var item = new HistoryItem
        {
            EntryId = current.EntryId,
            Track = current.Track,
            AddedBy = current.AddedBy,
            AddedByName = current.AddedByName,
            IsFallback = current.IsFallback,
            StartedAtMs = playing.StartedAtMs,

            // One that ends while it is announced was never heard.
            EndedAtMs = Math.Max(AtMs, playing.StartedAtMs),
            EndReason = EndReason,
            Score = current.Score,
            SkipVotes = playing.Ballots.Skip.Count,
            Listeners = Listeners,
            ListenedMs = listenedMs,
            PeakListeners = Peak,
            AverageListeners = Average,
            IsCounted = PlaybackRules.IsCounted(listenedMs, current.Track.DurationMs),
        };
        return (room with
        {
            Playback = new PlaybackState { Vector = Vector },
            Queue = QueueFold.Apply(room.Queue, new SongEnded(EntryId, EndReason, AtMs)),
        }).WithPlay(item);
    }

    public override LogLine? ToLog(Room before) =>
        By is { } by && before.Current is { } song && !song.IsOf(by) ? new(AtMs, "skipSong", by, song.AddedBy, song.Track.Title) : null;
}
