using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Limits;
using WhatsSound.Presence;
using WhatsSound.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// Makes of a session whose connection is gone, or is to be, what another gateway can go on with, and gives it to its user's grain. Bounded: a gateway parks as many as it can have
/// connections, in the time for which they are kept; one more is not parked, and its client goes on by its own positions.
/// </summary>
internal sealed class SessionParking : ISessionHolder, IDisposable
{
    private static readonly ClosingMessage TakenOver = new(new SessionClosing(RefusalCode.ConnectionLimit, ReconnectAfterMs: null));

    private readonly ConcurrentDictionary<string, Session> _held = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _ending = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly IClusterClient _cluster;
    private readonly PresenceLedger _presence;
    private readonly SessionUsers _users;
    private readonly SessionLimits _limits;
    private readonly TimeProvider _time;
    private readonly GatewayMeters _meters;

    // Orleans holds observers weakly: the container keeps this object alive.
    private readonly Lazy<ISessionHolder> _reference;
    private TokenBucket _allowed;

    public SessionParking(IClusterClient cluster, FeedRegistry feeds, SessionUsers users, IOptions<SessionLimits> limits, TimeProvider time, GatewayMeters meters)
    {
        _cluster = cluster;
        _presence = feeds.Presence;
        _users = users;
        _limits = limits.Value;
        _time = time;
        _meters = meters;
        _reference = new Lazy<ISessionHolder>(() => cluster.CreateObjectReference<ISessionHolder>(this));
    }

    public TimeSpan ParkedFor => _limits.ParkedFor;

    /// <summary>The session can be resumed from now on, by other gateways too. False: it has ended.</summary>
    public async Task<bool> TryHoldAsync(Session session, Resumption resumption)
    {
        _held[resumption.SessionId] = session;
        if (!session.TryBecome(resumption))
        {
            _held.TryRemove(KeyValuePair.Create(resumption.SessionId, session));
            return false;
        }

        await _users.HoldAsync(session, resumption, _reference.Value);
        return true;
    }

    /// <summary>The connection is gone: tells the user's grain, which keeps the session if it is to be kept. Does not throw.</summary>
    public async Task EndAsync(Session session)
    {
        // One that cannot be resumed becomes none that can from here on.
        var taken = session.Resumption is null ? session.TakeOver() : null;
        if (session.Resumption is not { } resumption)
        {
            await _users.DisconnectAsync(session);
            return;
        }

        // Known before it is taken over: whoever looks for the session waits for this.
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isFirst = _ending.TryAdd(resumption.SessionId, ended);
        try
        {
            if ((taken ?? session.TakeOver()) is null || ToPark(session, resumption) is not { } parked)
                await _users.DisconnectAsync(session);
            else if (await _users.ParkAsync(session, parked))
                _meters.Parked();
        }
        finally
        {
            _held.TryRemove(KeyValuePair.Create(resumption.SessionId, session));
            if (isFirst)
                _ending.TryRemove(resumption.SessionId, out _);
            ended.SetResult();
        }
    }

    public async Task<ParkedSession?> ReleaseAsync(string sessionId, ImmutableArray<byte> keyHash)
    {
        if (_held.TryGetValue(sessionId, out var session) && session.Resumption is { } resumption && SessionKey.AreEqual(resumption.KeyHash, keyHash)
            && session.TakeOver() is not null)
        {
            _held.TryRemove(KeyValuePair.Create(sessionId, session));
            var parked = Collect(session, resumption);
            session.Outbox.Close(TakenOver);
            return parked;
        }

        if (_ending.TryGetValue(sessionId, out var ending))
            await ending.Task;
        return null;
    }

    public void Dispose()
    {
        if (_reference.IsValueCreated)
            _cluster.DeleteObjectReference<ISessionHolder>(_reference.Value);
    }

    private ParkedSession? ToPark(Session session, Resumption resumption)
    {
        var hasEnded = session.HasSaidGoodbye || session.Outbox.Goodbye is { MayReconnect: false };
        var parked = hasEnded ? null : Collect(session, resumption);
        return parked is { Channels.IsEmpty: true, Rooms.IsEmpty: true } || !MayPark() ? null : parked;
    }

    /// <summary>What the session has. Nothing is delivered to it any more.</summary>
    private ParkedSession Collect(Session session, Resumption resumption)
    {
        // Before its places are read: they count once the answer that names them has gone.
        var unrestored = resumption.Unrestored;
        ImmutableArray<ParkedChannel> channels = [.. session.Attachments.Select(attachment => Collect(session, attachment)).OfType<ParkedChannel>()];
        if (unrestored is not null)
            return unrestored with { ConnectionNumber = resumption.ConnectionNumber };
        var (count, marks) = session.Sent?.Read() ?? (0, []);
        return new ParkedSession
        {
            SessionId = resumption.SessionId,
            KeyHash = resumption.KeyHash,
            Door = session.Door,
            // A room of a join whose answer has not gone has no places, and is not the client's yet.
            Rooms = [.. session.Rooms.Where(roomId => RoomId.ChannelsOf(roomId).All(name => channels.Any(channel => channel.Channel == name)))],
            Channels = channels,
            ForMs = (long)_limits.ParkedFor.TotalMilliseconds,
            SentCount = count,
            SentMarks = marks,
            ConnectionNumber = resumption.ConnectionNumber,
        };
    }

    private ParkedChannel? Collect(Session session, ChannelAttachment attachment)
    {
        var channel = attachment.Feed.Channel;
        if (attachment.Feed.Detach(attachment) is not { } told)
            return null;
        return new ParkedChannel
        {
            Channel = channel,
            Sent = session.Outbox.FirstOf(channel) is { } waiting ? SentRing.PlaceBefore(waiting) : told,
            HasEcho = attachment.Wants?.NotOf is null,
            Events = attachment.Wants?.Filter?.Events ?? [],
            Headers = attachment.Wants?.Filter?.Headers.ToImmutableDictionary(static header => header.Name, static header => header.Value, StringComparer.Ordinal) ?? ImmutableDictionary<string, string>.Empty,
            Info = _presence.Find(channel, session.Id)?.Info,
            FollowsOccupancy = attachment.FollowsOccupancy,
            Presence = attachment.Wants?.Presence ?? PresenceShape.Members,
            NotKey = attachment.Wants?.NotKey,
        };
    }

    private bool MayPark()
    {
        var now = _time.MonotonicTicks();
        lock (_gate)
            return _limits.ParkedSessionsMax > 0 && _allowed.TryTake(now, _limits.ParkedSessionsMax / _limits.ParkedFor.TotalSeconds, _limits.ParkedSessionsMax, out _);
    }
}
