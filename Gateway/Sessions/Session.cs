using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Messages;
using WhatsSound.Limits;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// One connection, the same for every door: who it is, what it is attached to, how much it may do, and its outbox.
/// Requests of a session come one at a time; attachments may be read and ended from any thread.
/// </summary>
internal sealed class Session(string id, string door, bool isTls, ISessionSocket socket, OutboxPolicy policy) : ISubscriber
{
    private readonly List<ChannelAttachment> _attachments = [];
    private List<ChannelAttachment>? _held;
    private List<string>? _rooms;
    private Dictionary<ChannelRule, TokenBucket>? _publicationBuckets;
    private TokenBucket _commandBucket;
    private TokenBucket _reportBucket;
    private TokenBucket _snapshotBucket;
    private CancellationTokenSource? _ended;
    private bool _hasEnded;

    /// <summary>Unique over all gateways.</summary>
    public string Id { get; } = id;

    /// <summary>The door that it came through, by its name in metrics.</summary>
    public string Door { get; } = door;

    /// <summary>Whether the connection came over TLS.</summary>
    public bool IsTls { get; } = isTls;

    public Outbox Outbox { get; } = new(socket, policy);

    /// <summary>The protocol of the connection.</summary>
    public IWireFormat Format => socket.Format;

    void ISubscriber.Deliver(OutgoingMessage message) => Outbox.Deliver(message);

    /// <summary>Null until a token was accepted.</summary>
    public SessionIdentity? Identity { get; set; }

    /// <summary>Why the token shown at connect was not accepted; null if none was shown, or one was accepted.</summary>
    public Refusal? TokenRefusal { get; set; }

    /// <inheritdoc cref="ISessionSocket.Silence"/>
    public TimeSpan Silence => socket.Silence;

    /// <summary>Whether the user's grain knows this connection.</summary>
    public bool IsConnectedToUser { get; set; }

    /// <summary>How many requests were refused since one was carried out. Of the session's own reads, which come one at a time.</summary>
    public int RefusalsInRow { get; set; }

    public IReadOnlyList<string> Rooms => _rooms ?? [];

    public bool TryTakeCommand(TimeProvider time, SessionLimits limits, out TimeSpan retryAfter) =>
        _commandBucket.TryTake(TicksOf(time), limits.CommandsPerSecondMax, limits.CommandBurstMax, out retryAfter);

    public bool TryTakeReport(TimeProvider time, SessionLimits limits, out TimeSpan retryAfter) =>
        _reportBucket.TryTake(TicksOf(time), limits.ReportsPerSecondMax, 2 * limits.ReportsPerSecondMax, out retryAfter);

    public bool TryTakeSnapshot(TimeProvider time, SessionLimits limits, out TimeSpan retryAfter) =>
        _snapshotBucket.TryTake(TicksOf(time), limits.SnapshotsPerSecondMax, limits.SnapshotBurstMax, out retryAfter);

    /// <summary>One publication under a channel rule; up to a second's worth at once.</summary>
    public bool TryTakePublication(TimeProvider time, ChannelRule rule, out TimeSpan retryAfter)
    {
        _publicationBuckets ??= new Dictionary<ChannelRule, TokenBucket>(ReferenceEqualityComparer.Instance);
        _publicationBuckets.TryGetValue(rule, out var bucket);
        var isTaken = bucket.TryTake(TicksOf(time), rule.PublicationsPerSecondMax, rule.PublicationsPerSecondMax, out retryAfter);
        _publicationBuckets[rule] = bucket;
        return isTaken;
    }

    public ChannelAttachment? FindAttachment(string channel)
    {
        lock (_attachments)
            return _attachments.Find(attachment => string.Equals(attachment.Feed.Channel, channel, StringComparison.Ordinal));
    }

    /// <summary>What it is attached to now.</summary>
    public IReadOnlyList<ChannelAttachment> Attachments
    {
        get
        {
            lock (_attachments)
                return [.. _attachments];
        }
    }

    public int AttachmentCount
    {
        get
        {
            lock (_attachments)
                return _attachments.Count;
        }
    }

    /// <summary>Whether the connection is gone.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_attachments)
                return _hasEnded;
        }
    }

    /// <summary>Cancelled when the connection is gone. Made for the first who asks: most connections never need it.</summary>
    public CancellationToken Ended
    {
        get
        {
            lock (_attachments)
                return _hasEnded ? new CancellationToken(canceled: true) : (_ended ??= new CancellationTokenSource()).Token;
        }
    }

    /// <summary>
    /// Remembers an attachment, which is held until the request under way is answered; false, where the session ended meanwhile: the caller detaches.
    /// </summary>
    public bool TryAdd(ChannelAttachment attachment)
    {
        lock (_attachments)
        {
            if (!_hasEnded && !_attachments.Contains(attachment))
                _attachments.Add(attachment);
        }

        return TryHold(attachment);
    }

    /// <summary>Keeps a channel's frames back until the request under way is answered.</summary>
    public void Hold(ChannelAttachment attachment)
    {
        attachment.Feed.Hold(attachment);
        TryHold(attachment);
    }

    /// <summary>
    /// The end of a request, and its place in the order of what the session gets. What waits of the channels that it has attached is stale and dropped; then
    /// comes the answer, and behind it their frames, from the positions on that the answer names.
    /// </summary>
    /// <param name="answer">Null for a request that wants none.</param>
    /// <param name="isDone">Whether it was carried out; if not, the channels go on as before.</param>
    public void Answer(OutgoingMessage? answer, bool isDone)
    {
        List<ChannelAttachment> held;
        lock (_attachments)
        {
            held = _held ?? [];
            _held = null;
        }

        if (isDone)
        {
            foreach (var attachment in held)
            {
                if (attachment.Hold is { At: not null })
                    Outbox.Forget(attachment.Feed.Channel);
            }
        }

        if (answer is not null)
            Outbox.Deliver(answer);
        foreach (var attachment in held)
            attachment.Feed.Release(attachment, isDone);
    }

    public void Remove(ChannelAttachment attachment)
    {
        lock (_attachments)
            _attachments.Remove(attachment);
    }

    public void AddRoom(string roomId)
    {
        _rooms ??= [];
        if (!_rooms.Contains(roomId, StringComparer.Ordinal))
            _rooms.Add(roomId);
    }

    public void RemoveRoom(string roomId) => _rooms?.Remove(roomId);

    /// <summary>The connection is gone: nothing is delivered or attached any more. Answers what was attached.</summary>
    public IReadOnlyList<ChannelAttachment> End()
    {
        Outbox.End();
        ChannelAttachment[] ended;
        CancellationTokenSource? ending;
        lock (_attachments)
        {
            _hasEnded = true;
            ended = [.. _attachments];
            _attachments.Clear();
            (ending, _ended) = (_ended, null);
        }

        ending?.Cancel();
        ending?.Dispose();
        return ended;
    }

    private bool TryHold(ChannelAttachment attachment)
    {
        lock (_attachments)
        {
            _held ??= [];
            if (!_held.Contains(attachment))
                _held.Add(attachment);
            return !_hasEnded;
        }
    }

    private static long TicksOf(TimeProvider time) => time.GetElapsedTime(0, time.GetTimestamp()).Ticks;
}
