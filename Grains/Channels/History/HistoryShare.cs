namespace WhatsSound.Grains.Channels;

/// <summary>What one channel's history takes of its silo's <see cref="HistoryBudget"/>. Used by the channel alone.</summary>
/// <param name="budget">Of all channels together.</param>
/// <param name="wake">Has the channel come to let go of its history; any thread calls it.</param>
internal sealed class HistoryShare(HistoryBudget budget, Action wake)
{
    private HistoryTier _tier;
    private long _bytes;
    private volatile bool _mustGo;

    /// <summary>Where it stands among those of its tier and size, the one that changed longest ago first. The budget's own, under its lock; null while it takes nothing.</summary>
    internal LinkedListNode<HistoryShare>? Place { get; set; }

    /// <summary>What the budget counts of it, under its lock.</summary>
    internal long Counted { get; set; }

    /// <summary>Says how much the history takes now. False: there is no room for it, and it must go; then nothing of it counts any more.</summary>
    public bool TryKeep(long bytes, HistoryTier tier)
    {
        if (bytes != _bytes || tier != _tier)
        {
            (_bytes, _tier) = (bytes, tier);
            budget.Count(this, bytes, tier);
        }

        if (!_mustGo)
            return true;
        _mustGo = false;
        _bytes = 0;
        budget.Count(this, 0, tier);
        return false;
    }

    /// <summary>The channel goes.</summary>
    public void Leave() => budget.Count(this, 0, _tier);

    internal void MustGo() => _mustGo = true;

    internal void Wake() => wake();
}
