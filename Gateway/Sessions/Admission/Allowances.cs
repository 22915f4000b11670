using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Limits;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// How much may be done on this gateway: by a user, over all connections, and by an address, for connects and for connections that are nobody's, each of which has a share of that. To connect again, or often,
/// gains nothing; an idle connection costs nothing. Each kind remembers as many as there may be connections.
/// </summary>
internal sealed class Allowances(IOptions<SessionLimits> options, TimeProvider time)
{
    /// <summary>What an answer may have for nothing: receipts, and what is said of a small room.</summary>
    public const int AnswerBytesFree = 4 * 1024;

    /// <summary>For how long reading is refused at most, whatever was read at once before.</summary>
    private static readonly TimeSpan ReadDebtMax = TimeSpan.FromMinutes(1);

    /// <summary>For how long a channel that nobody uses is known: as long as one without subscribers keeps what was published.</summary>
    private static readonly TimeSpan ChannelKnownFor = TimeSpan.FromMinutes(2);

    private static readonly double ChannelsPerSecond = 1 / ChannelKnownFor.TotalSeconds;

    private readonly SessionLimits _limits = options.Value;
    private readonly RecentBuckets<string> _connects = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<Payer> _requests = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<Payer> _authentications = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<(string ConnectionId, bool IsAuthenticate)> _strangers = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<Payer> _reports = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<Payer> _snapshots = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<Payer> _answerBytes = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<Payer> _newChannels = new(options.Value.ConnectionsMax);

    /// <summary>Which channels were used lately: these have taken their token.</summary>
    private readonly RecentBuckets<string> _channelsUsed = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<Payer> _guestRooms = new(options.Value.ConnectionsMax);
    private readonly LiveChannels _liveChannels = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<(Payer Payer, string Pattern)> _publications = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<string> _connectionRequests = new(options.Value.ConnectionsMax);
    private readonly RecentBuckets<(string ConnectionId, string Pattern)> _connectionPublications = new(options.Value.ConnectionsMax);

    /// <summary>What all who ask have together: requests, and publications.</summary>
    private readonly RecentBuckets<AppUse> _app = new(keysMax: 2);

    /// <summary>A new connection.</summary>
    public Refusal? TakeConnect(string addressKey) =>
        _connects.TryTake(addressKey, NowTicks, _limits.ConnectsPerSecondMax, _limits.ConnectBurstMax, out var retryAfter)
            ? null
            : TooMany("Too many new connections from this address.", retryAfter);

    /// <summary>A request of any kind but a report.</summary>
    /// <param name="asker">Whose it is.</param>
    /// <param name="isAuthenticate">Whether it shows a token: of those who have none each may, whatever the others of the address ask for.</param>
    public Refusal? TakeRequest(IAsker asker, bool isAuthenticate = false) =>
        TakeRequestOfConnection(asker) ?? TakeRequestOfPayer(asker, isAuthenticate) ?? (isAuthenticate ? null : TakeOfApp(AppUse.Requests, _limits.AppCommandsPerSecondMax, burstSeconds: 2));

    private Refusal? TakeRequestOfConnection(IAsker asker) =>
        _limits.ConnectionCommandsPerSecondMax is not { } perSecond || asker.ConnectionId is null
        || _connectionRequests.TryTake(asker.Id, NowTicks, perSecond, 2 * perSecond, out var retryAfter)
            ? null
            : Refusals.TooOften("connection", "Too many requests of the connection.", retryAfter);

    private Refusal? TakeRequestOfPayer(IAsker asker, bool isAuthenticate)
    {
        var isTaken = asker.Payer.IsUser ? TryTake(_requests, asker, _limits.CommandsPerSecondMax, _limits.CommandBurstMax, out var retryAfter)
            : asker.ConnectionPayer is null || isAuthenticate ? TryTakeOfStranger(asker, isAuthenticate, out retryAfter)
            : TryTake(_requests, asker, _limits.StrangerCommandsPerSecondMax, _limits.StrangerCommandBurstMax, out retryAfter);
        return isTaken ? null : TooMany("Too many requests.", retryAfter);
    }

    public Refusal? TakeReport(IAsker asker) =>
        TryTake(_reports, asker, _limits.ReportsPerSecondMax, 2 * _limits.ReportsPerSecondMax, out var retryAfter)
            ? null
            : TooMany("Too many requests.", retryAfter);

    public Refusal? TakeSnapshot(IAsker asker) =>
        TryTake(_snapshots, asker, _limits.SnapshotsPerSecondMax, _limits.SnapshotBurstMax, out var retryAfter)
            ? null
            : TooMany("Too many joins and snapshots.", retryAfter);

    /// <summary>One publication under a channel rule; up to a second's worth at once. From the connection first, then its user, then all: whoever is refused takes nothing from the others.</summary>
    public Refusal? TakePublication(IAsker asker, ChannelRule rule) =>
        TakePublicationOfConnection(asker, rule) ?? TakePublicationOfPayer(asker, rule) ?? TakeOfApp(AppUse.Publications, _limits.AppPublicationsPerSecondMax, burstSeconds: 1);

    private Refusal? TakePublicationOfConnection(IAsker asker, ChannelRule rule) =>
        rule.ConnectionPublicationsPerSecondMax is not { } perSecond || asker.ConnectionId is null
        || _connectionPublications.TryTake((asker.Id, rule.Pattern), NowTicks, perSecond, perSecond, out var retryAfter)
            ? null
            : Refusals.TooOften("connection", "Too many publications of the connection.", retryAfter);

    private Refusal? TakeOfApp(AppUse use, int? perSecondMax, int burstSeconds) =>
        perSecondMax is not { } perSecond || _app.TryTake(use, NowTicks, perSecond, (int)Math.Min((long)burstSeconds * perSecond, int.MaxValue), out var retryAfter)
            ? null
            : Refusals.TooOften("app", $"Too many {(use == AppUse.Requests ? "requests" : "publications")} of all together.", retryAfter);

    private Refusal? TakePublicationOfPayer(IAsker asker, ChannelRule rule)
    {
        var (now, perSecond, (own, shared)) = (NowTicks, rule.PublicationsPerSecondMax, SharesOf(asker));
        return _publications.TryTake((own.Payer, rule.Pattern), now, own.Of((double)perSecond), own.Of(perSecond), out var retryAfter)
            && (shared is not { } all || _publications.TryTake((all.Payer, rule.Pattern), now, all.Of((double)perSecond), all.Of(perSecond), out retryAfter))
            ? null
            : TooMany("Too many publications.", retryAfter);
    }

    /// <summary>A use of a channel, or of a room by its own channel: the first in a while, by whomever, may make a grain.</summary>
    /// <param name="asker">Whose use it is.</param>
    /// <param name="channel">Which nobody listens to through this gateway.</param>
    /// <param name="isHeard">Whether somebody listens to one.</param>
    public Refusal? TakeChannel(IAsker asker, string channel, Func<string, bool> isHeard)
    {
        var now = NowTicks;
        if (!IsKnown(channel, now))
        {
            if (!TryAddLive(asker, channel, one => isHeard(one) || IsKnown(one, now)))
                return Refusals.Limit(RefusalCode.SubscriptionLimit, "There are as many channels and rooms that nobody else used first as one may have.", _limits.LiveChannelsMax);
            if (!TryTake(_newChannels, asker, _limits.NewChannelsPerMinuteMax / 60.0, _limits.NewChannelBurstMax, out var retryAfter))
                return TooMany("Too many channels and rooms that nobody else uses.", retryAfter);
        }

        _channelsUsed.Charge(channel, now, ChannelsPerSecond, burst: 1, tokens: 1, debtMax: TimeSpan.Zero);
        return null;
    }

    private bool TryAddLive(IAsker asker, string channel, Func<string, bool> isLive)
    {
        var (own, shared) = SharesOf(asker);
        return _liveChannels.TryAdd(own.Payer, channel, isLive, own.Of(_limits.LiveChannelsMax))
            && (asker.ConnectionPayer is null || shared is not { } all || _liveChannels.TryAdd(all.Payer, channel, isLive, all.Of(_limits.LiveChannelsMax)));
    }

    private bool IsKnown(string channel, long now) => !_channelsUsed.HasAny(channel, now, ChannelsPerSecond, burst: 1, out _);

    /// <summary>A room that is to be created, by a guest: an address gets new guests for nothing. How many a user may create is the user's grain's to say.</summary>
    public Refusal? TakeRoom(IAsker asker) =>
        asker.GuestsPayer is not { } guests || _guestRooms.TryTake(guests, NowTicks, _limits.GuestRoomsPerHourMax / 3600.0, _limits.GuestRoomsPerHourMax, out var retryAfter)
            ? null
            : TooMany("Guests from this address have created too many rooms.", retryAfter);

    /// <summary>Before a request whose answer may be large: how large is known when it was read, so what counts is whether the last ones are paid for.</summary>
    public Refusal? RefuseRead(IAsker asker)
    {
        var (now, (own, shared)) = (NowTicks, SharesOf(asker));
        return HasAny(own, out var retryAfter) && (shared is not { } all || HasAny(all, out retryAfter))
            ? null
            : TooMany("Too much was read.", retryAfter);

        bool HasAny(Share share, out TimeSpan retryAfter) =>
            _answerBytes.HasAny(share.Payer, now, share.Of((double)_limits.AnswerBytesPerSecondMax), share.Of(_limits.AnswerBytesBurstMax), out retryAfter);
    }

    /// <summary>What an answer has beyond <see cref="AnswerBytesFree"/> is paid for.</summary>
    public void HasRead(IAsker asker, int bytes)
    {
        if (bytes <= AnswerBytesFree)
            return;
        var (now, (own, shared)) = (NowTicks, SharesOf(asker));
        Charge(own);
        if (shared is { } all)
            Charge(all);

        void Charge(Share share) => _answerBytes.Charge(
            share.Payer, now, share.Of((double)_limits.AnswerBytesPerSecondMax), share.Of(_limits.AnswerBytesBurstMax), bytes - AnswerBytesFree, ReadDebtMax);
    }

    /// <summary>Takes from its own first, and then from what it shares: whoever is refused takes nothing from the others.</summary>
    private bool TryTake(RecentBuckets<Payer> buckets, IAsker asker, double perSecond, int burst, out TimeSpan retryAfter)
    {
        var (now, (own, shared)) = (NowTicks, SharesOf(asker));
        return buckets.TryTake(own.Payer, now, own.Of(perSecond), own.Of(burst), out retryAfter)
            && (shared is not { } all || buckets.TryTake(all.Payer, now, all.Of(perSecond), all.Of(burst), out retryAfter));
    }

    /// <summary>The connection's own share first: a connection that asks and asks takes nothing from the others of its address.</summary>
    private bool TryTakeOfStranger(IAsker asker, bool isAuthenticate, out TimeSpan retryAfter)
    {
        var now = NowTicks;
        return _strangers.TryTake((asker.Id, isAuthenticate), now, _limits.StrangerConnectionPerSecondMax, _limits.StrangerConnectionBurstMax, out retryAfter)
            && (isAuthenticate ? _authentications : _requests).TryTake(asker.Payer, now, _limits.StrangerCommandsPerSecondMax, _limits.StrangerCommandBurstMax, out retryAfter);
    }

    /// <summary>
    /// What one who asks takes from: a user from what is theirs; a guest, who may have become one a moment ago, also from what all guests of the address have; a connection that stays without a user from its part of what
    /// the address has, and then from that.
    /// </summary>
    private (Share Own, Share? Shared) SharesOf(IAsker asker) =>
        asker.ConnectionPayer is { } connection ? (new(connection, 1.0 / _limits.AnonymousPartsOfAddress), new(asker.Payer, Times: 1))
        : (new(asker.Payer, Times: 1), asker.GuestsPayer is { } guests ? new Share(guests, _limits.GuestsAsUsersMax) : null);

    private long NowTicks => time.MonotonicTicks();

    private static Refusal TooMany(string message, TimeSpan retryAfter) => Refusals.Retry(RefusalCode.RateLimited, message, retryAfter);

    /// <summary>What is counted of all together.</summary>
    private enum AppUse
    {
        Requests,
        Publications,
    }

    /// <summary>How many times what one may is what the payer may.</summary>
    private readonly record struct Share(Payer Payer, double Times)
    {
        public double Of(double perSecond) => perSecond * Times;

        public int Of(int burst) => (int)Math.Clamp(burst * Times, 1, int.MaxValue);
    }
}
