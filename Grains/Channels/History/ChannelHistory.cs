using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>The history of an ordered channel: a ring of consecutive offsets, bounded by count, by the bytes of data and by age.</summary>
/// <param name="head">The offset before the first that will be added.</param>
/// <param name="countMax">How many are kept.</param>
/// <param name="bytesMax">How many bytes of data are kept.</param>
/// <param name="age">For how long.</param>
internal sealed class ChannelHistory(long head, int countMax, int bytesMax, TimeSpan age) : IPublicationHistory
{
    private int _countMax = countMax;
    private int _bytesMax = bytesMax;
    private long _ageMs = (long)age.TotalMilliseconds;
    private Publication?[] _ring = new Publication?[Math.Min(countMax, 16)];
    private long _head = head;
    private long _lostTo = head;
    private long _bytes;
    private long _newestMs = long.MinValue;

    /// <summary>Of the newest, not of the oldest: one wake then clears a channel that fell quiet, and a busy one is trimmed by what is added.</summary>
    public long? DueMs => _lostTo < _head ? _newestMs + _ageMs + 1 : null;

    public long Bytes => _bytes + (IPublicationHistory.OverheadBytes * (_head - _lostTo));

    public void Follow(ChannelRule rule, long nowMs)
    {
        (_countMax, _bytesMax, _ageMs) = (rule.HistoryCountMax, rule.HistoryBytesMax, (long)rule.HistoryAge.TotalMilliseconds);
        while (_head - _lostTo > _countMax)
            DropOldest();
        if (_ring.Length > _countMax)
            Resize(_countMax);
        Shrink(_bytesMax);
        Trim(nowMs);
    }

    public void Add(Publication publication)
    {
        if (publication.Offset != _head + 1)
            Forget(publication.Offset - 1);
        if (_head - _lostTo == _ring.Length)
            MakeRoom();
        _head = publication.Offset;
        this[_head] = publication;
        _bytes += publication.ContentBytes;
        _newestMs = Math.Max(_newestMs, publication.TimeMs);
        Shrink(_bytesMax);
        Trim(publication.TimeMs);
    }

    public void Amend(Amendment amends, Publication by)
    {
        Replace(amends.Offset, line => line.AmendedBy(by, amends.Data));
        for (var offset = Math.Max(amends.Offset, _lostTo) + 1; by.Key is not null && offset <= _head; offset++)
        {
            if (this[offset]!.Key == by.Key)
                Replace(offset, change => change.SupersededBy(by));
        }
    }

    public void Shrink(int bytesMax)
    {
        while (_lostTo < _head && (_bytes > bytesMax || bytesMax == 0))
            DropOldest();
    }

    public void Trim(long nowMs)
    {
        while (_lostTo < _head && this[_lostTo + 1]!.TimeMs < nowMs - _ageMs)
            DropOldest();
    }

    public HistoryReading ReadAfter(long offset, long nowMs)
    {
        Trim(nowMs);
        return new(Slice(Math.Max(offset, _lostTo)), _lostTo);
    }

    public ImmutableArray<Publication> ReadLast(int count, long nowMs)
    {
        Trim(nowMs);
        return Slice(Math.Max(_head - count, _lostTo));
    }

    public ImmutableArray<Publication> ReadFrom(long timeMs, long nowMs)
    {
        Trim(nowMs);
        var after = _head;
        while (after > _lostTo && this[after]!.TimeMs >= timeMs)
            after--;
        return Slice(after);
    }

    private Publication? this[long offset]
    {
        get => _ring[offset % _ring.Length];
        set => _ring[offset % _ring.Length] = value;
    }

    private ImmutableArray<Publication> Slice(long after)
    {
        var slice = ImmutableArray.CreateBuilder<Publication>((int)(_head - after));
        for (var offset = after + 1; offset <= _head; offset++)
            slice.Add(this[offset]!);
        return slice.MoveToImmutable();
    }

    private void Replace(long offset, Func<Publication, Publication> amend)
    {
        if (offset <= _lostTo || offset > _head)
            return;
        var amended = amend(this[offset]!);
        _bytes += amended.ContentBytes - this[offset]!.ContentBytes;
        this[offset] = amended;
    }

    private void DropOldest()
    {
        _lostTo++;
        _bytes -= this[_lostTo]!.ContentBytes;
        this[_lostTo] = null;
    }

    private void MakeRoom()
    {
        if (_ring.Length == _countMax)
            DropOldest();
        else
            Resize(Math.Min(_countMax, _ring.Length * 2));
    }

    private void Resize(int length)
    {
        var kept = Slice(_lostTo);
        _ring = new Publication?[length];
        foreach (var publication in kept)
            this[publication.Offset] = publication;
    }

    private void Forget(long head)
    {
        Array.Clear(_ring);
        _head = _lostTo = head;
        _bytes = 0;
    }
}
