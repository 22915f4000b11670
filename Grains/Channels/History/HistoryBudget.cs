using System.Numerics;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// How many bytes the histories of all channels of a silo take together, since channels cost nothing to make. Beyond the bound the one whose loss matters least, of those the largest, and of
/// the largest the one that changed longest ago, is to go: who hoards loses what is theirs, and the small ones of all others stay. Then it counts no more, and its channel lets go of it at its next turn. Whoever comes back for it is told that it is lost. Safe from any thread.
/// </summary>
internal sealed class HistoryBudget(IOptions<ChannelOptions> options)
{
    /// <summary>Histories are alike where none is twice as large as another, or all take less than this.</summary>
    public const int AlikeBytesMax = 4 * 1024;

    /// <summary>Up to 64 MiB, the most that a rule allows.</summary>
    private const int SizesMax = 15;

    private readonly Lock _gate = new();
    private readonly LinkedList<HistoryShare>[][] _tiers = [.. Enum.GetValues<HistoryTier>().Select(static _ => Sizes())];
    private long _bytes;

    /// <summary>How many bytes there are.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>A share of a channel that has nothing yet.</summary>
    public HistoryShare Join(Action wake) => new(this, wake);

    internal void Count(HistoryShare share, long bytes, HistoryTier tier)
    {
        List<HistoryShare>? going = null;
        lock (_gate)
        {
            Recount(share, bytes);
            share.Place?.List!.Remove(share.Place);
            share.Place = bytes == 0 ? null : _tiers[(int)tier][SizeOf(bytes)].AddLast(share);
            while (_bytes > options.Value.HistoryBytesMax && First() is { } first)
            {
                Recount(first, 0);
                first.Place!.List!.Remove(first.Place);
                first.Place = null;
                first.MustGo();
                (going ??= []).Add(first);
            }
        }

        // The one that has just spoken looks for itself.
        foreach (var one in going ?? [])
        {
            if (!ReferenceEquals(one, share))
                one.Wake();
        }
    }

    private void Recount(HistoryShare share, long bytes)
    {
        _bytes += bytes - share.Counted;
        share.Counted = bytes;
    }

    private HistoryShare? First()
    {
        for (var tier = HistoryTier.Unheard; tier < HistoryTier.Promised; tier++)
        {
            for (var size = SizesMax - 1; size >= 0; size--)
            {
                if (_tiers[(int)tier][size].First is { } first)
                    return first.Value;
            }
        }

        return null;
    }

    private static LinkedList<HistoryShare>[] Sizes() => [.. Enumerable.Range(0, SizesMax).Select(static _ => new LinkedList<HistoryShare>())];

    private static int SizeOf(long bytes) => Math.Min(BitOperations.Log2((ulong)(bytes / AlikeBytesMax) | 1), SizesMax - 1);
}
