using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// The history of a conflating channel: the newest publication of each key, however old, since it stands for all before it. Bounded by keys and by
/// the bytes of data; at the bound the key that was published longest ago goes.
/// </summary>
/// <param name="lostTo">The offset up to which keys may be missing from the start.</param>
/// <param name="bytesMax">How many bytes of data are kept.</param>
internal sealed class ConflatedHistory(long lostTo, int bytesMax) : IPublicationHistory
{
    /// <summary>Playback uses two keys; 1,024 leaves room for one per member of a full room.</summary>
    public const int KeysMax = 1_024;

    private readonly LinkedList<Publication> _newest = new();
    private readonly Dictionary<string, LinkedListNode<Publication>> _byKey = new(StringComparer.Ordinal);
    private long _lostTo = lostTo;
    private long _bytes;
    private int _bytesMax = bytesMax;

    public long? DueMs => null;

    public long Bytes => _bytes + (IPublicationHistory.OverheadBytes * _byKey.Count);

    public void Follow(ChannelRule rule, long nowMs)
    {
        _bytesMax = rule.HistoryBytesMax;
        Shrink(_bytesMax);
    }

    public void Add(Publication publication)
    {
        if (_byKey.Remove(Conflation.KeyOf(publication), out var replaced))
            Remove(replaced);
        else if (_byKey.Count == KeysMax)
            DropOldest();
        _byKey.Add(Conflation.KeyOf(publication), _newest.AddLast(publication));
        _bytes += publication.ContentBytes;
        Shrink(_bytesMax);
    }

    // Of the key there is the newest only, whose place is taken by the one that amends.
    public void Amend(Amendment amends, Publication by)
    {
        for (var node = _newest.Last; node is not null && node.Value.Offset >= amends.Offset; node = node.Previous)
        {
            if (node.Value.Offset != amends.Offset)
                continue;
            var amended = node.Value.AmendedBy(by, amends.Data);
            _bytes += amended.ContentBytes - node.Value.ContentBytes;
            node.Value = amended;
        }
    }

    public void Shrink(int bytesMax)
    {
        while (_byKey.Count > 0 && (_bytes > bytesMax || bytesMax == 0))
            DropOldest();
    }

    public void Trim(long nowMs)
    {
        // The newest of a key stands for all before it, so it is never too old.
    }

    public HistoryReading ReadAfter(long offset, long nowMs) => new(ReadBack(publication => publication.Offset > offset), _lostTo);

    public ImmutableArray<Publication> ReadLast(int count, long nowMs) => ReadBack(_ => count-- > 0);

    public ImmutableArray<Publication> ReadFrom(long timeMs, long nowMs) => ReadBack(publication => publication.TimeMs >= timeMs);

    private ImmutableArray<Publication> ReadBack(Func<Publication, bool> isWanted)
    {
        var read = ImmutableArray.CreateBuilder<Publication>();
        for (var node = _newest.Last; node is not null && isWanted(node.Value); node = node.Previous)
            read.Add(node.Value);
        read.Reverse();
        return read.DrainToImmutable();
    }

    private void DropOldest()
    {
        var oldest = _newest.First!;
        Remove(oldest);
        _byKey.Remove(Conflation.KeyOf(oldest.Value));
        _lostTo = Math.Max(_lostTo, oldest.Value.Offset);
    }

    private void Remove(LinkedListNode<Publication> node)
    {
        _newest.Remove(node);
        _bytes -= node.Value.ContentBytes;
    }
}
