namespace WhatsSound.Grains.Presence;

/// <summary>Whether a list is told one by one or in summary, and when: summaries are at least 2 s apart, and the list that ends them replaces what receivers have.</summary>
internal sealed class SummaryPace(int detailMax)
{
    /// <summary>Up to how many are told one by one.</summary>
    public int DetailMax { get; private set; } = detailMax;

    /// <summary>Whether receivers have a summary.</summary>
    public bool IsInSummary { get; private set; }

    /// <summary>The earliest time of the next summary, or of the list.</summary>
    public long NextMs { get; private set; } = long.MinValue;

    /// <summary>Whether one is due then.</summary>
    public bool IsDue { get; private set; }

    /// <summary>When there is something to tell; null: nothing.</summary>
    public long? DueMs => IsDue ? NextMs : null;

    /// <summary>Whether changes can be told one by one, with that many in the list: receivers have one that they continue.</summary>
    public bool IsDetailed(int count) => !IsInSummary && !IsDue && count <= DetailMax;

    /// <summary>Tells so many one by one from now on: once more a summary, or the list, so that receivers have what fits.</summary>
    public void Follow(int detailMax)
    {
        if (DetailMax == detailMax)
            return;
        DetailMax = detailMax;
        Ask();
    }

    public void Ask() => IsDue = true;

    /// <summary>Whether a summary, or the list, is to be told now.</summary>
    public bool TryTake(int count, long nowMs)
    {
        if (!IsDue || NextMs > nowMs)
            return false;
        IsDue = false;
        NextMs = nowMs + PresenceRules.SummaryMs;
        IsInSummary = count > DetailMax;
        return true;
    }

    /// <summary>Goes on from what another silo told.</summary>
    public void Resume(bool isInSummary, long nextMs, bool isDue) => (IsInSummary, NextMs, IsDue) = (isInSummary, nextMs, isDue);
}
