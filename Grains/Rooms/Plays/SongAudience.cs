namespace WhatsSound.Grains.Rooms;

/// <summary>How many members heard a song, at most and on average, while it played. In memory: after a crash or a move it begins anew with those who are there.</summary>
internal sealed class SongAudience
{
    private string? _entryId;
    private bool _isPlaying;
    private int _count;
    private int _peak;
    private long _atMs;
    private long _spanMs;
    private double _listenerMs;

    /// <summary>So it is from now on.</summary>
    public void Observe(string? entryId, bool isPlaying, int count, long nowMs)
    {
        if (entryId != _entryId)
            (_entryId, _peak, _spanMs, _listenerMs) = (entryId, 0, 0, 0);
        else
            (_spanMs, _listenerMs) = SumsAt(nowMs);
        (_isPlaying, _count, _atMs, _peak) = (isPlaying, count, nowMs, Math.Max(_peak, count));
    }

    /// <summary>Of a song, up to now; of one that nothing was seen of, those who are here.</summary>
    public (int Peak, double Average) FiguresOf(string entryId, int count, long nowMs)
    {
        if (entryId != _entryId)
            return (count, count);
        var (spanMs, listenerMs) = SumsAt(nowMs);
        return (Math.Max(_peak, count), spanMs > 0 ? Math.Round(listenerMs / spanMs, 1, MidpointRounding.AwayFromZero) : count);
    }

    private (long SpanMs, double ListenerMs) SumsAt(long nowMs)
    {
        var passedMs = _isPlaying ? Math.Max(0, nowMs - _atMs) : 0;
        return (_spanMs + passedMs, _listenerMs + ((double)passedMs * _count));
    }
}
