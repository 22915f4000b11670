using WhatsSound.Streams;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// Which channels this gateway need not renew one by one, since nothing has happened in them: their renewals stand at lanes, and count again as often as the lane is
/// renewed. Bounded by the feeds. Safe from any thread.
/// </summary>
internal sealed class StandingLeases(Guid gatewayId)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StandingLease> _byChannel = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, StandingLane> _lanes = [];
    private readonly SortedSet<long> _asked = [];
    private readonly HashSet<string> _forgotten = new(StringComparer.Ordinal);
    private long _last;

    /// <summary>Whether the channel need not be renewed by itself.</summary>
    public bool Stands(string channel)
    {
        lock (_gate)
            return _byChannel.TryGetValue(channel, out var lease) && lease.Place is not null;
    }

    /// <summary>Whether the channel's lane is gone, and it has not been asked since.</summary>
    public bool IsForgotten(string channel)
    {
        lock (_gate)
            return _forgotten.Contains(channel);
    }

    /// <summary>Numbers a renewal that is about to be made. <see cref="Answered"/> or <see cref="Unanswered"/> must follow.</summary>
    public long Ask(string channel)
    {
        lock (_gate)
        {
            EndWithin(channel);
            _forgotten.Remove(channel);
            _byChannel.Add(channel, new(++_last, Place: null));
            _asked.Add(_last);
            return _last;
        }
    }

    /// <summary>The channel has answered; what stands there does so here too, if that is agreed and nothing has happened meanwhile.</summary>
    public void Answered(string channel, long number, LanePlace? place, bool isAgreed)
    {
        lock (_gate)
        {
            _asked.Remove(number);
            var isAsked = _byChannel.TryGetValue(channel, out var lease) && lease.Number == number;
            if (isAsked)
                _byChannel.Remove(channel);
            if (place is null)
                return;
            if (!_lanes.TryGetValue(place.LaneId, out var lane))
                _lanes.Add(place.LaneId, lane = new(place));

            // Where the lane was quicker to say that it has ended, the answer comes too late.
            if (!isAsked || !isAgreed || lane.Ended.Contains(number))
            {
                lane.Ended.Add(number);
                return;
            }

            _byChannel.Add(channel, new(number, place));
            lane.Channels.Add(number, channel);
        }
    }

    /// <summary>The channel did not answer: whether it stands there, the next renewal of the lane shows.</summary>
    public void Unanswered(string channel, long number)
    {
        lock (_gate)
        {
            _asked.Remove(number);
            if (_byChannel.TryGetValue(channel, out var lease) && lease.Number == number)
                _byChannel.Remove(channel);
        }
    }

    /// <summary>Nobody here has the channel any more.</summary>
    public void Close(string channel)
    {
        lock (_gate)
        {
            EndWithin(channel);
            _forgotten.Remove(channel);
        }
    }

    /// <summary>There is something new to say to the channel.</summary>
    public void End(string channel)
    {
        lock (_gate)
            EndWithin(channel);
    }

    /// <summary>What is to be renewed, lane by lane; not those whose renewal is under way. <see cref="Renewed"/> or <see cref="Lost"/> must follow.</summary>
    public IReadOnlyList<(LanePlace Place, LaneRenewal Renewal)> Take()
    {
        lock (_gate)
        {
            var upTo = _asked.Count == 0 ? _last : _asked.Min - 1;
            var taken = _lanes.Values.Where(static lane => !lane.IsRenewing).ToList();
            return [.. taken.Select(lane => (lane.Place, lane.Take(gatewayId, upTo)))];
        }
    }

    /// <summary>The silo has answered.</summary>
    public void Renewed(LaneRenewal renewal, LaneRenewalAnswer answer)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(renewal.LaneId, out var lane))
                return;
            lane.IsRenewing = false;
            lane.Ended.ExceptWith(renewal.Ended);
            if (!answer.IsKnown)
            {
                Forget(lane);
                return;
            }

            foreach (var number in answer.Ended)
            {
                if (lane.Channels.TryGetValue(number, out var channel))
                    EndWithin(channel);
                else
                    lane.Ended.Add(number);
            }

            if (lane.Channels.Count == 0 && lane.Ended.Count == 0)
                _lanes.Remove(renewal.LaneId);
        }
    }

    /// <summary>Nobody knows what the silo knows: every channel of the lane is to be renewed by itself.</summary>
    public void Lost(LaneRenewal renewal)
    {
        lock (_gate)
        {
            if (_lanes.TryGetValue(renewal.LaneId, out var lane))
                Forget(lane);
        }
    }

    private void EndWithin(string channel)
    {
        if (!_byChannel.Remove(channel, out var lease) || lease.Place is not { } place || !_lanes.TryGetValue(place.LaneId, out var lane))
            return;
        lane.Channels.Remove(lease.Number);
        lane.Ended.Add(lease.Number);
    }

    private void Forget(StandingLane lane)
    {
        _lanes.Remove(lane.Place.LaneId);
        foreach (var channel in lane.Channels.Values)
        {
            _byChannel.Remove(channel);
            _forgotten.Add(channel);
        }
    }
}
