using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What plays come to, one after another. Bounded by what is kept of them.</summary>
internal sealed class PlayTotals
{
    private const int DjsMax = 10;

    private readonly HashSet<string> _songs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DjStatistics> _djs = new(StringComparer.Ordinal);
    private int _plays;
    private int _counted;
    private int _skips;
    private int _peak;
    private long _listenedMs;
    private long? _sinceMs;

    /// <summary>When the oldest of them ended; null: there is none.</summary>
    public long? OldestEndedAtMs { get; private set; }

    public void Add(RoomPlay play)
    {
        var song = play.Song;
        _plays++;
        _counted += song.IsCounted ? 1 : 0;
        _skips += song.EndReason is EndReasons.Completed or EndReasons.Error ? 0 : 1;
        _peak = Math.Max(_peak, Math.Max(song.PeakListeners, song.Listeners));
        _listenedMs += song.ListenedMs;
        OldestEndedAtMs = Math.Min(OldestEndedAtMs ?? long.MaxValue, song.EndedAtMs);
        _sinceMs = Math.Min(_sinceMs ?? long.MaxValue, song.StartedAtMs);
        _songs.Add(CommandPrint.Of(TrackAddress.Of(song.Track.Url)));
        if (song.IsFallback || FallbackPlaylist.IsEntry(song.EntryId))
            return;
        var dj = _djs.GetValueOrDefault(song.AddedBy) ?? new DjStatistics { UserId = song.AddedBy, Plays = 0, CountedPlays = 0 };
        _djs[song.AddedBy] = dj with { Name = song.AddedByName ?? dj.Name, Plays = dj.Plays + 1, CountedPlays = dj.CountedPlays + (song.IsCounted ? 1 : 0) };
    }

    public RoomStatistics ToView() => new()
    {
        Plays = _plays,
        CountedPlays = _counted,
        Songs = _songs.Count,
        Skips = _skips,
        ListenedMs = _listenedMs,
        PeakListeners = _peak,
        SinceMs = _sinceMs,
        Djs = [.. _djs.Values.OrderByDescending(static dj => dj.Plays).ThenBy(static dj => dj.UserId, StringComparer.Ordinal).Take(DjsMax)],
    };
}
