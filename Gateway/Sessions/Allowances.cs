using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Limits;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// How much may be done on this gateway: by a user, over all connections, and by an address, for connects and for connections that are nobody's. To connect again, or often, gains nothing;
/// an idle connection costs nothing. Each kind remembers as many as there may be connections.
/// </summary>
internal sealed class Allowances(IOptions<SessionLimits> options, TimeProvider time)
{
    /// <summary>What an answer may have for nothing: receipts, and what is said of a small room.</summary>
    public const int AnswerBytesFree = 4 * 1024;

    /// <summary>For how long reading is refused at most, whatever was read at once before.</summary>
    private static readonly TimeSpan ReadDebtMax = TimeSpan.FromMinutes(1);

    /// <summary>For how long a channel that nobody uses is known: as long as one without subscribers keeps what was published.</summary>
    private static readonly TimeSpan ChannelKnownFor = TimeSpan.FromMinutes(2);

    private readonly SessionLimits _limits = options.Value;
    private readonly RecentBuckets<string> _connects = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<Payer> _requests = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<Payer> _reports = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<Payer> _snapshots = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<Payer> _answerBytes = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<Payer> _newChannels = new(options.Value.ConnectionsMax);

    /// <summary>Which channels were used lately: these have taken their token.</summary>
    private readonly RecentBuckets<string> _channelsUsed = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<(Payer Payer, string Pattern)> _publications = new(options.Value.ConnectionsMax);

    /// <summary>A new connection.</summary>
    public Refusal? TakeConnect(string addressKey) =>
        _connects.TryTake(addressKey, NowTicks, _limits.ConnectsPerSecondMax, _limits.ConnectBurstMax, out var retryAfter)
            ? null
            : TooMany("Too many new connections from this address.", retryAfter);

    /// <summary>A request of any kind but a report.</summary>
    public Refusal? TakeRequest(Session session)
    {
        var (perSecond, burst) = session.Payer.IsUser
            ? (_limits.CommandsPerSecondMax, _limits.CommandBurstMax)
            : (_limits.StrangerCommandsPerSecondMax, _limits.StrangerCommandBurstMax);
        return _requests.TryTake(session.Payer, NowTicks, perSecond, burst, out var retryAfter) ? null : TooMany("Too many requests.", retryAfter);
    }

    public Refusal? TakeReport(Session session) =>
        _reports.TryTake(session.Payer, NowTicks, _limits.ReportsPerSecondMax, 2 * _limits.ReportsPerSecondMax, out var retryAfter)
            ? null
            : TooMany("Too many requests.", retryAfter);

    public Refusal? TakeSnapshot(Session session) =>
        _snapshots.TryTake(session.Payer, NowTicks, _limits.SnapshotsPerSecondMax, _limits.SnapshotBurstMax, out var retryAfter)
            ? null
            : TooMany("Too many joins and snapshots.", retryAfter);

    /// <summary>One publication under a channel rule; up to a second's worth at once.</summary>
    public Refusal? TakePublication(Session session, ChannelRule rule) =>
        _publications.TryTake((session.Payer, rule.Pattern), NowTicks, rule.PublicationsPerSecondMax, rule.PublicationsPerSecondMax, out var retryAfter)
            ? null
            : TooMany("Too many publications.", retryAfter);

    /// <summary>A use of a channel, or of a room by its own channel: the first in a while, by whomever, may make a grain.</summary>
    public Refusal? TakeChannel(Session session, string channel)
    {
        var now = NowTicks;
        var perSecond = 1 / ChannelKnownFor.TotalSeconds;
        if (_channelsUsed.HasAny(channel, now, perSecond, burst: 1, out _)
            && !_newChannels.TryTake(session.Payer, now, _limits.NewChannelsPerMinuteMax / 60.0, _limits.NewChannelBurstMax, out var retryAfter))
            return TooMany("Too many channels and rooms that nobody else uses.", retryAfter);
        _channelsUsed.Charge(channel, now, perSecond, burst: 1, tokens: 1, debtMax: TimeSpan.Zero);
        return null;
    }

    /// <summary>Before a request whose answer may be large: how large is known when it was read, so what counts is whether the last ones are paid for.</summary>
    public Refusal? RefuseRead(Session session) =>
        _answerBytes.HasAny(session.Payer, NowTicks, _limits.AnswerBytesPerSecondMax, _limits.AnswerBytesBurstMax, out var retryAfter)
            ? null
            : TooMany("Too much was read.", retryAfter);

    /// <summary>What an answer has beyond <see cref="AnswerBytesFree"/> is paid for.</summary>
    public void HasRead(Session session, int bytes)
    {
        if (bytes > AnswerBytesFree)
            _answerBytes.Charge(session.Payer, NowTicks, _limits.AnswerBytesPerSecondMax, _limits.AnswerBytesBurstMax, bytes - AnswerBytesFree, ReadDebtMax);
    }

    private long NowTicks => time.GetElapsedTime(0, time.GetTimestamp()).Ticks;

    private static Refusal TooMany(string message, TimeSpan retryAfter) => Refusals.Retry(RefusalCode.RateLimited, message, retryAfter);
}
