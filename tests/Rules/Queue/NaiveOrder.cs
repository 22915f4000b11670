using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Queue;

/// <summary>
/// The order of a queue by its definition, step by step and without any structure: all songs are looked at for each that is served. Finish tags, virtual
/// time and the line of DJs are followed from the events alone.
/// </summary>
internal sealed class NaiveOrder
{
    private readonly Dictionary<string, long> _finish = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _slot = new(StringComparer.Ordinal);
    private long _virtualTime;
    private long _lastSlot;

    /// <summary>Follows an event between two queues, of which it reads the songs only.</summary>
    public void Follow(SongQueue before, QueueEvent happened, SongQueue after)
    {
        if (happened is SongsAdded added && !HasSongs(before.Songs.Values, added.UserId))
            _slot[added.UserId] = ++_lastSlot;
        if (happened is SongStarted started)
            Serve(_finish, ref _virtualTime, before.Songs[started.EntryId].AddedBy, [.. after.Songs.Values]);
        if (happened is ModeChanged { Mode: QueueMode.Fair or QueueMode.Dj } && before.Mode is QueueMode.Fifo or QueueMode.Votes)
        {
            foreach (var userId in _finish.Keys.ToList())
                _finish[userId] = Math.Min(_finish[userId], _virtualTime + 100);
        }
    }

    public List<string> Of(SongQueue queue)
    {
        var finish = new Dictionary<string, long>(_finish, StringComparer.Ordinal);
        var virtualTime = _virtualTime;
        var left = queue.Songs.Values.ToList();
        var order = new List<string>();
        while (left.Count > 0)
        {
            var next = left.Where(song => song.IsPinned).MinBy(song => song.PinSequence) ?? Next(queue, left, finish, virtualTime);
            left.Remove(next);
            order.Add(next.EntryId);
            Serve(finish, ref virtualTime, next.AddedBy, left);
        }

        return order;
    }

    private QueuedSong Next(SongQueue queue, List<QueuedSong> left, Dictionary<string, long> finish, long virtualTime)
    {
        var heads = left.GroupBy(song => song.AddedBy, StringComparer.Ordinal).Select(group => Head(queue, group));
        return queue.Mode switch
        {
            QueueMode.Fifo => left.OrderBy(song => song.Rank).ThenBy(song => song.Sequence).First(),
            QueueMode.Votes => left.OrderByDescending(song => song.Score).ThenBy(song => song.Sequence).First(),
            QueueMode.Dj => heads.OrderBy(song => Math.Max(Finish(song), virtualTime)).ThenBy(song => _slot[song.AddedBy]).First(),
            _ => heads.OrderBy(song => Math.Max(Finish(song), virtualTime) - Math.Min(100, 8 * Math.Max(0, song.Score)))
                .ThenBy(Finish).ThenBy(song => song.Sequence).First(),
        };

        long Finish(QueuedSong song) => finish.GetValueOrDefault(song.AddedBy);
    }

    private static QueuedSong Head(SongQueue queue, IGrouping<string, QueuedSong> songs) =>
        queue.Mode == QueueMode.Fair && !queue.Order.Contributors.Of(songs.Key).IsManual
            ? songs.OrderByDescending(song => song.Score).ThenBy(song => song.Sequence).First()
            : songs.OrderBy(song => song.Rank).ThenBy(song => song.Sequence).First();

    private static void Serve(Dictionary<string, long> finish, ref long virtualTime, string userId, List<QueuedSong> left)
    {
        var before = virtualTime;
        finish[userId] = Math.Max(finish.GetValueOrDefault(userId), before) + 100;
        virtualTime = left.Count == 0
            ? Math.Max(before, finish[userId] - 100)
            : Math.Max(before, left.Min(song => Math.Max(finish.GetValueOrDefault(song.AddedBy), before)));
    }

    private static bool HasSongs(IEnumerable<QueuedSong> songs, string userId) => songs.Any(song => song.AddedBy == userId);
}
