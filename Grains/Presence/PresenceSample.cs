using System.Collections.Immutable;

namespace WhatsSound.Grains.Presence;

/// <summary>
/// A few members for those who cannot be told all: hosts first, then the most recently active; and how many were active lately. It may be a moment
/// old, so that many who enter a large channel at once do not each cost a pass over it.
/// </summary>
internal sealed class PresenceSample(IReadOnlyCollection<MemberState> members, Func<MemberState, bool> isHost)
{
    private ImmutableArray<MemberState> _sample = [];
    private int _activeCount;
    private long _takenMs = long.MinValue / 2;

    /// <summary>The sample; members in it may have left since.</summary>
    public (ImmutableArray<MemberState> Sample, int ActiveCount) Read(long nowMs)
    {
        if (nowMs - _takenMs >= PresenceRules.SampleAgeMs || IsSmall)
            Take(nowMs);
        return (_sample, _activeCount);
    }

    /// <summary>The next reading takes a new sample.</summary>
    public void Forget() => _takenMs = long.MinValue / 2;

    /// <summary>While a pass costs nothing worth saving, the sample is always new.</summary>
    private bool IsSmall => members.Count <= 256;

    private void Take(long nowMs)
    {
        _takenMs = nowMs;
        _activeCount = members.Count(member => member.ActiveAtMs > nowMs - PresenceRules.ActiveMs);
        _sample =
        [
            .. members
                .OrderByDescending(isHost)
                .ThenByDescending(member => member.ActiveAtMs)
                .ThenBy(member => member.UserId, StringComparer.Ordinal)
                .Take(PresenceRules.SampleCount),
        ];
    }
}
