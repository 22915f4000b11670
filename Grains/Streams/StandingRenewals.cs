using WhatsSound.Streams;

namespace WhatsSound.Grains.Streams;

/// <summary>
/// The renewals that stand at a lane. One that its channel has ended is counted, and told to the gateway, until the gateway says that it knows; so the two count
/// the same whatever is under way. Bounded by the channels of the silo. Safe from any thread.
/// </summary>
internal sealed class StandingRenewals
{
    private readonly Lock _gate = new();

    /// <summary>By number; null: ended by the channel.</summary>
    private readonly Dictionary<long, StandingRenewal?> _known = [];
    private readonly HashSet<long> _ended = [];
    private bool _isClosed;

    /// <summary>A renewal stands from now on. Null: the lane has gone.</summary>
    public StandingRenewal? TryAdd(long number, long nowMs)
    {
        lock (_gate)
        {
            if (_isClosed)
                return null;
            var added = new StandingRenewal(this, number, nowMs);
            _known[number] = added;
            return added;
        }
    }

    public void End(StandingRenewal one)
    {
        lock (_gate)
        {
            if (!Stands(one))
                return;
            _known[one.Number] = null;
            _ended.Add(one.Number);
        }
    }

    public void Forget(StandingRenewal one)
    {
        lock (_gate)
        {
            if (_known.Remove(one.Number, out var former) && former is null)
                _ended.Remove(one.Number);
        }
    }

    public long HeardAtMs(StandingRenewal one)
    {
        lock (_gate)
            return one.HeardAtMsWithin;
    }

    /// <summary>Counts all that stand again, if they are those that the gateway means; if not, none stands any more.</summary>
    public LaneRenewalAnswer Renew(LaneRenewal renewal, long nowMs)
    {
        lock (_gate)
        {
            foreach (var number in renewal.Ended)
            {
                if (_known.Remove(number, out var former) && former is null)
                    _ended.Remove(number);
            }

            if (StandingDigest.Of(_known.Keys, renewal.UpTo) != (renewal.Count, renewal.Digest))
            {
                _known.Clear();
                _ended.Clear();
                return new() { IsKnown = false };
            }

            foreach (var one in _known.Values)
                one?.HeardAtMsWithin = nowMs;
            return new() { IsKnown = true, Ended = [.. _ended] };
        }
    }

    /// <summary>The lane has gone: what stood counted as often as it did.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            _known.Clear();
            _ended.Clear();
        }
    }

    private bool Stands(StandingRenewal one) => _known.TryGetValue(one.Number, out var known) && ReferenceEquals(known, one);
}
