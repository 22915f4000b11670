using System.Collections.Immutable;
using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>
/// Tells of changes of membership, collected per tick: one by one up to the detailed limit, above it in summaries that are at least 2 s apart. Where a channel
/// comes back under the limit, the next telling replaces what receivers have by everybody, since a summary did not name them.
/// </summary>
internal sealed class PresenceTeller(Membership membership, int detailMax, long version)
{
    private readonly PresenceChanges _changes = new(membership.Find);
    private long _tickMs;
    private long _nextSummaryMs = long.MinValue;
    private bool _isInSummary;
    private bool _isSummaryDue;

    /// <summary>Grows with every telling in which somebody came or went.</summary>
    public long Version { get; private set; } = version;

    /// <summary>When there is something to tell; null: nothing.</summary>
    public long? DueMs => !_changes.IsEmpty ? _tickMs : _isSummaryDue ? _nextSummaryMs : null;

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
        _isInSummary = memory.IsInSummary;
        _isSummaryDue = memory.IsSummaryDue;
        _nextSummaryMs = memory.NextSummaryMs;
    }

    /// <summary>Adds to a memory what was told.</summary>
    public MembershipMemory Describe(MembershipMemory memory) =>
        memory with { Version = Version, IsInSummary = _isInSummary, IsSummaryDue = _isSummaryDue, NextSummaryMs = _nextSummaryMs };

    /// <summary>Takes what is due; all changes, if it is the last time.</summary>
    public PresenceTick Tick(long nowMs, bool isLast = false)
    {
        if (_changes.IsEmpty || (_tickMs > nowMs && !isLast))
            return new(TakeSummary(nowMs), Delta: null);

        var (joined, left, updated) = _changes.Take();
        var delta = DeltaOf(joined, left);
        if (joined.IsEmpty && left.IsEmpty && updated.IsEmpty)
            return new(TakeSummary(nowMs), delta);
        if (!_isInSummary && membership.Total <= detailMax)
            return new(new() { Joined = joined, Left = left, Updated = updated, Total = membership.Total }, delta);

        _isSummaryDue = true;
        return new(TakeSummary(nowMs), delta);
    }

    private PresenceDelta? DeltaOf(ImmutableArray<PresenceMember> joined, ImmutableArray<string> left) =>
        joined.IsEmpty && left.IsEmpty
            ? null
            : new() { PreviousVersion = Version, Version = ++Version, Joined = [.. joined.Select(member => member.UserId)], Left = left };

    private PresenceChanged? TakeSummary(long nowMs)
    {
        if (!_isSummaryDue || _nextSummaryMs > nowMs)
            return null;
        _isSummaryDue = false;
        _nextSummaryMs = nowMs + PresenceRules.SummaryMs;
        _isInSummary = membership.Total > detailMax;
        return _isInSummary
            ? new() { Total = membership.Total, Summary = membership.Sample(nowMs) }
            : new() { Total = membership.Total, Joined = membership.Everybody(), IsComplete = true };
    }
}
