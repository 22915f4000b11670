using System.Collections.Immutable;
using WhatsSound.Channels;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// The history of a conflating channel: the newest publication of each key, however old, since it stands for all before it. Bounded by keys; at the bound
/// the key that was published longest ago goes.
/// </summary>
/// <param name="lostTo">The offset up to which keys may be missing from the start.</param>
internal sealed class ConflatedHistory(long lostTo) : IPublicationHistory
{
    /// <summary>Playback uses two keys; 1,024 leaves room for one per member of a full room.</summary>
    public const int KeysMax = 1_024;

    private readonly LinkedList<Publication> _newest = new();
    private readonly Dictionary<string, LinkedListNode<Publication>> _byKey = new(StringComparer.Ordinal);
    private long _lostTo = lostTo;

    public void Add(Publication publication)
    {
        if (_byKey.Remove(Conflation.KeyOf(publication), out var replaced))
            _newest.Remove(replaced);
        else if (_byKey.Count == KeysMax)
            DropOldest();
        _byKey.Add(Conflation.KeyOf(publication), _newest.AddLast(publication));
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
        var oldest = _newest.First!.Value;
        _newest.RemoveFirst();
        _byKey.Remove(Conflation.KeyOf(oldest));
        _lostTo = Math.Max(_lostTo, oldest.Offset);
    }
}
