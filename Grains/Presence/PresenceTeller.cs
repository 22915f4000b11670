using System.Collections.Immutable;
using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>
/// Tells of changes of membership, collected per tick: one by one up to the detailed limit, above it in summaries that are at least 2 s apart. Where a channel
/// comes back under the limit, the next telling replaces what receivers have by everybody, since a summary did not name them.
/// </summary>
internal sealed class PresenceTeller(MemberList members, int detailMax, long version)
{
    private readonly PresenceChanges _changes = new(members.Show);
    private long _tickMs;

    /// <summary>Grows with every telling in which somebody came or went.</summary>
    public long Version { get; private set; } = version;

    /// <summary>Whether members are told in summary.</summary>
    public bool IsInSummary { get; private set; }

    /// <summary>The earliest time of the next summary.</summary>
    public long NextSummaryMs { get; private set; } = long.MinValue;

    /// <summary>Whether a summary is due then.</summary>
    public bool IsSummaryDue { get; private set; }

    /// <summary>When there is something to tell; null: nothing.</summary>
    public long? DueMs => !_changes.IsEmpty ? _tickMs : IsSummaryDue ? NextSummaryMs : null;

    /// <summary>To be called before a user changes.</summary>
    public void Note(string userId, long nowMs)
    {
        if (_changes.IsEmpty)
            _tickMs = nowMs + PresenceRules.TickMs;
        _changes.Note(userId);
    }

    /// <summary>To be called when a view is taken.</summary>
    public void Show() => _changes.Show();

    /// <summary>Goes on from what another silo told.</summary>
    public void Resume(MembershipMemory memory)
    {
        Version = memory.Version;
        IsInSummary = memory.IsInSummary;
        IsSummaryDue = memory.IsSummaryDue;
        NextSummaryMs = memory.NextSummaryMs;
    }

    /// <summary>Takes what is due; all changes, if it is the last time.</summary>
    public PresenceTick Tick(long nowMs, bool isLast = false)
    {
        if (_changes.IsEmpty || (_tickMs > nowMs && !isLast))
            return new(TakeSummary(nowMs), Delta: null);

        var (joined, left, updated) = _changes.Take();
        var delta = DeltaOf(joined, left);
        if (joined.IsEmpty && left.IsEmpty && updated.IsEmpty)
            return new(TakeSummary(nowMs), delta);
        if (!IsInSummary && members.Count <= detailMax)
            return new(new() { Joined = joined, Left = left, Updated = updated, Total = members.Count }, delta);

        IsSummaryDue = true;
        return new(TakeSummary(nowMs), delta);
    }

    private PresenceDelta? DeltaOf(ImmutableArray<PresenceMember> joined, ImmutableArray<string> left) =>
        joined.IsEmpty && left.IsEmpty
            ? null
            : new() { PreviousVersion = Version, Version = ++Version, Joined = [.. joined.Select(member => member.UserId)], Left = left };

    private PresenceChanged? TakeSummary(long nowMs)
    {
        if (!IsSummaryDue || NextSummaryMs > nowMs)
            return null;
        IsSummaryDue = false;
        NextSummaryMs = nowMs + PresenceRules.SummaryMs;
        IsInSummary = members.Count > detailMax;
        return IsInSummary
            ? new() { Total = members.Count, Summary = members.Summarize(nowMs) }
            : new() { Total = members.Count, Joined = members.ShowAll(), IsComplete = true };
    }
}
