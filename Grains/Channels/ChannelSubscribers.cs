using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>How many sessions each gateway has attached, and when those who follow the occupancy are told. Bounded by the gateways that have a lease.</summary>
internal sealed class ChannelSubscribers
{
    /// <summary>The least time between two tellings: what a person sees as now, and a crowd that comes as one number.</summary>
    public const long TellMs = 2_000;

    private readonly Dictionary<Guid, GatewaySubscribers> _reports = [];
    private Occupancy? _told;
    private long _nextMs = long.MinValue;
    private bool _isDue;

    /// <summary>Whether somebody wants to be told.</summary>
    public bool IsFollowed { get; private set; }

    public int Count => _reports.Values.Sum(static report => report.Count);

    /// <summary>When to look whether something has changed; null while nothing can have.</summary>
    public long? DueMs => _isDue ? _nextMs : null;

    /// <summary>For another silo.</summary>
    public ImmutableArray<GatewaySubscribers> ToMemory() => [.. _reports.Values];

    public void Report(GatewaySubscribers report)
    {
        var known = _reports.GetValueOrDefault(report.GatewayId);
        if (report.Number > 0 && report.Number < known?.Number)
            return;
        // Who begins to follow is to know where it stands.
        if (report.FollowersCount > (known?.FollowersCount ?? 0) || (report.FollowersCount > 0 && report.FollowsBegun != known?.FollowsBegun))
            _told = null;
        // Also where there are none: an older report may still come.
        _reports[report.GatewayId] = report;
        LookForFollowers();
    }

    /// <summary>The gateway has gone, or its feed.</summary>
    public void Drop(Guid gatewayId)
    {
        if (_reports.Remove(gatewayId))
            LookForFollowers();
    }

    /// <summary>Whether it is time to look whether something has changed; if it is too early, <see cref="DueMs"/> says when.</summary>
    public bool IsTime(long nowMs)
    {
        _isDue = IsFollowed && _nextMs > nowMs;
        return IsFollowed && !_isDue;
    }

    /// <summary>What is to be told now; null: nothing has changed, nobody follows, or it is too early.</summary>
    public Occupancy? Take(Occupancy now, long nowMs)
    {
        if (!IsTime(nowMs) || now == _told)
            return null;
        _nextMs = nowMs + TellMs;
        return _told = now;
    }

    private void LookForFollowers() => IsFollowed = _reports.Values.Any(static one => one.FollowersCount > 0);
}
