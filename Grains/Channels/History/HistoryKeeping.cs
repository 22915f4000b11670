using WhatsSound.Channels;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// How much of its history a channel keeps, of what its rule allows: little, where nobody listens or has in the time for which it can be recovered, and there is no message log; nothing, where the silo has no
/// room for it.
/// </summary>
internal sealed class HistoryKeeping(ChannelRule rule, HistoryShare share)
{
    /// <summary>What a channel keeps to which nobody has listened: what was said a moment before the first comes, or one publication of the usual bound.</summary>
    public const int UnheardBytesMax = 64 * 1024;

    private ChannelRule _rule = rule;
    private long _heardUntilMs = long.MinValue;

    /// <summary>The rule has other bounds from now on.</summary>
    public void Follow(ChannelRule next) => _rule = next;

    /// <summary>A gateway listens, or did until now.</summary>
    public void Heard(long nowMs) => _heardUntilMs = nowMs + (long)_rule.HistoryAge.TotalMilliseconds;

    /// <summary>Keeps as much as there is room for. To be called when something was published, or let go of.</summary>
    public void Keep(ChannelNumbering numbering, long nowMs)
    {
        var tier = TierAt(nowMs);
        if (tier == HistoryTier.Unheard)
            numbering.ShrinkHistory(UnheardBytesMax);
        if (!share.TryKeep(numbering.HistoryBytes, tier))
            numbering.ShrinkHistory(0);
    }

    /// <summary>The channel goes.</summary>
    public void End() => share.Leave();

    private HistoryTier TierAt(long nowMs)
    {
        if (_rule.PersistLast)
            return HistoryTier.Promised;
        if (_rule.PersistAll is not null)
            return HistoryTier.Logged;
        return nowMs < _heardUntilMs ? HistoryTier.Heard : HistoryTier.Unheard;
    }
}
