using WhatsSound.Gateway.Delivery;
using WhatsSound.Grains.Streams;
using WhatsSound.Streams;

namespace WhatsSound.Tests.Rules.Streams;

/// <summary>A gateway, a silo, and channels between them, whose calls and answers get lost as a test says. The product's own renewals.</summary>
internal sealed class LaneWorld
{
    public static readonly IReadOnlyList<string> Channels = ["a", "b", "c", "d"];

    private readonly Guid _gatewayId = Guid.NewGuid();
    private readonly StandingLeases _gateway;
    private readonly Dictionary<string, StandingRenewal> _silo = [];
    private readonly HashSet<string> _news = [];
    private readonly List<Action> _late = [];
    private StandingRenewals _lane = new();
    private LanePlace _place = NewPlace();

    public LaneWorld() => _gateway = new(_gatewayId);

    public long NowMs { get; private set; } = 1_000;

    /// <summary>How often the silo found that it knows others than the gateway.</summary>
    public int Mismatches { get; private set; }

    public bool StandsAtGateway(string channel) => _gateway.Stands(channel);

    public bool StandsAtSilo(string channel) => _silo.TryGetValue(channel, out var standing) && standing.HeardAtMs == NowMs;

    /// <summary>Something happens in the channel that the gateway must be told by a renewal of its own.</summary>
    public void HappenInChannel(string channel)
    {
        _news.Add(channel);
        if (_silo.TryGetValue(channel, out var standing))
            standing.End();
    }

    /// <summary>The gateway has something new to say to the channel.</summary>
    public void HappenInGateway(string channel) => _gateway.End(channel);

    /// <summary>The silo gives the gateway up.</summary>
    public void LoseLane()
    {
        _lane.Close();
        (_lane, _place) = (new(), NewPlace());
    }

    /// <summary>One round as the gateway makes it: the lane, then every channel that does not stand.</summary>
    public void Round(bool isLaneCallLost = false, bool isLaneAnswerLost = false, string? callLost = null, string? answerLost = null, string? answerLate = null)
    {
        NowMs++;
        foreach (var (place, renewal) in _gateway.Take())
            RenewLane(place, renewal, isLaneCallLost, isLaneAnswerLost);
        foreach (var late in _late)
            late();
        _late.Clear();
        foreach (var channel in Channels.Where(channel => !_gateway.Stands(channel)))
            Renew(channel, channel == callLost, channel == answerLost, channel == answerLate);
    }

    private void RenewLane(LanePlace place, LaneRenewal renewal, bool isCallLost, bool isAnswerLost)
    {
        if (isCallLost)
        {
            _gateway.Lost(renewal);
            return;
        }

        var answer = place.LaneId == _place.LaneId ? _lane.Renew(renewal, NowMs) : new() { IsKnown = false };
        Mismatches += answer.IsKnown ? 0 : 1;
        if (isAnswerLost)
            _gateway.Lost(renewal);
        else
            _gateway.Renewed(renewal, answer);
    }

    private void Renew(string channel, bool isCallLost, bool isAnswerLost, bool isAnswerLate)
    {
        var number = _gateway.Ask(channel);
        if (isCallLost)
        {
            _gateway.Unanswered(channel, number);
            return;
        }

        // What the channel had to say, this answer says.
        _news.Remove(channel);
        _silo.GetValueOrDefault(channel)?.Replace();
        _silo[channel] = _lane.TryAdd(number, NowMs)!;
        var place = _place;
        if (isAnswerLost)
        {
            _gateway.Unanswered(channel, number);
            _news.Add(channel);
        }
        else if (isAnswerLate)
        {
            _late.Add(() => _gateway.Answered(channel, number, place, isAgreed: true));
        }
        else
        {
            _gateway.Answered(channel, number, place, isAgreed: true);
        }
    }

    /// <summary>After a round that went well: whoever has something to say has said it.</summary>
    public IEnumerable<string> Unheard => _news;

    private static LanePlace NewPlace() => new() { LaneId = Guid.NewGuid(), Silo = "s" };
}
