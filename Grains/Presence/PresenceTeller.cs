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
    private readonly HashSet<string> _goodbyes = new(StringComparer.Ordinal);
    private long _tickMs;

    /// <summary>Grows with every telling in which somebody came or went.</summary>
    public long Version { get; private set; } = version;

    /// <summary>How members are told.</summary>
    public SummaryPace Pace { get; } = new(detailMax);

    /// <summary>When there is something to tell; null: nothing.</summary>
    public long? DueMs => _changes.IsEmpty ? Pace.DueMs : _tickMs;

    /// <summary>To be called before a user changes.</summary>
    public void Note(string userId, long nowMs)
    {
        if (_changes.IsEmpty)
            _tickMs = nowMs + PresenceRules.TickMs;
        _changes.Note(userId);
    }

    /// <summary>The user, who is noted, goes because of a goodbye.</summary>
    public void NoteGoodbye(string userId) => _goodbyes.Add(userId);

    /// <summary>Since when a user is here who enters now and was noted: as subscribers were told last, unless somebody saw that they had gone.</summary>
    public long? StaysSinceMs(string userId) => _changes.StaysSinceMs(userId);

    /// <summary>To be called when a view is taken.</summary>
    public void Show() => _changes.Show();

    /// <summary>Goes on from what another silo told.</summary>
    public void Resume(MembershipMemory memory)
    {
        Version = memory.Version;
        Pace.Resume(memory.IsInSummary, memory.NextSummaryMs, memory.IsSummaryDue);
    }

    /// <summary>Takes what is due; all changes, if it is the last time.</summary>
    public PresenceTick Tick(long nowMs, bool isLast = false)
    {
        if (_changes.IsEmpty)
            return new(TakeSummary(nowMs));
        // No list either: it would say what is not told yet.
        if (_tickMs > nowMs && !isLast)
            return new([]);

        var (passed, last) = _changes.Take();
        var delta = DeltaOf(last);
        _goodbyes.Clear();
        if (passed.IsEmpty && last.IsEmpty)
            return new(TakeSummary(nowMs));
        if (Pace.IsDetailed(members.Count))
            return new(Publish(passed, last)) { Delta = delta };

        Pace.Ask();
        return new(TakeSummary(nowMs)) { Delta = delta };
    }

    private ImmutableArray<PresenceChanged> Publish(PresenceDifference passed, PresenceDifference last)
    {
        var changed = last.ToChanged(members.Count);
        return passed.IsEmpty ? [changed] : [passed.ToChanged(members.Count - last.Joined.Count + last.Left.Count), changed];
    }

    /// <summary>Watchers have sets: what has passed is nothing to them.</summary>
    private PresenceDelta? DeltaOf(PresenceDifference last) =>
        last.Joined.Count + last.Left.Count == 0
            ? null
            : new() { PreviousVersion = Version, Version = ++Version, Joined = [.. last.Joined.Select(member => member.UserId)], Left = [.. last.Left], SaidGoodbye = [.. last.Left.Where(_goodbyes.Contains)] };

    private ImmutableArray<PresenceChanged> TakeSummary(long nowMs)
    {
        if (!Pace.TryTake(members.Count, nowMs))
            return [];
        return Pace.IsInSummary
            ? [new() { Total = members.Count, Summary = members.Summarize(nowMs) }]
            : [new() { Total = members.Count, Joined = members.ShowAll(), IsComplete = true }];
    }
}
