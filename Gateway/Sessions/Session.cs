using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// One connection, the same for every door: who it is, what it is attached to, and its outbox.
/// Requests of a session are carried out one at a time; attachments may be read and ended from any thread.
/// </summary>
internal sealed class Session(string id, string door, bool isTls, ISessionSocket socket, OutboxPolicy policy) : ISubscriber, IAsker
{
    private readonly List<ChannelAttachment> _attachments = [];
    private readonly HeldAttachments _held = new();

    /// <summary>Another for each change: a gateway that takes the session over reads it from a thread of its own.</summary>
    private string[] _rooms = [];
    private Dictionary<string, long>? _joined;
    private bool _hasEnded;
    private bool _isTaken;
    private int _bytesRead;
    private string? _guestsKey;
    private string? _connectionKey;

    /// <summary>Unique over all gateways.</summary>
    public string Id { get; } = id;

    /// <summary>By which its publications are known as its own: that of its first connection, where it has had several.</summary>
    public string StableId => Resumption?.SessionId ?? Id;

    string? IAsker.ConnectionId => StableId;

    /// <summary>By what it can be resumed; null: its client has not asked for that.</summary>
    public Resumption? Resumption { get; private set; }

    /// <summary>Its client has ended it, and does not come back.</summary>
    public bool HasSaidGoodbye { get; set; }

    /// <summary>Whether its connection ended with a goodbye of the client's own. One that was sent away by the server answers in the same way, and may be on its way back.</summary>
    public bool HasLeftInOrder => (HasSaidGoodbye || socket.IsGoingAway) && Outbox.Goodbye is null;

    /// <summary>The last messages by number, where the door counts them.</summary>
    public SentRing? Sent => socket.Sent;

    /// <summary>The door that it came through, by its name in metrics.</summary>
    public string Door { get; } = door;

    /// <summary>Whether the connection came over TLS.</summary>
    public bool IsTls { get; } = isTls;

    public Outbox Outbox { get; } = new(socket, policy);

    /// <summary>By which its requests are carried out one after another, and in time.</summary>
    public RequestTurns Turns { get; } = new(policy.Time);

    /// <summary>The protocol of the connection.</summary>
    public IWireFormat Format => socket.Format;

    /// <inheritdoc/>
    public void HasRead(int bytes) => Interlocked.Add(ref _bytesRead, bytes);

    /// <summary>What was read of channels for the request under way.</summary>
    public int TakeBytesRead() => Interlocked.Exchange(ref _bytesRead, 0);

    string? ISubscriber.UserId => Identity?.UserId;

    void ISubscriber.Deliver(OutgoingMessage message) => Outbox.Deliver(message);

    /// <summary>What the address counts as that it comes from.</summary>
    public string AddressKey { get; init; } = "";

    /// <inheritdoc cref="Sessions.Payer"/>
    public Payer Payer => Identity is { } identity ? new(IsUser: true, identity.UserId) : new(IsUser: false, AddressKey);

    /// <summary>What the token allows that was shown last and accepted; null until one was.</summary>
    public TokenGrant? Grant { get; set; }

    /// <inheritdoc/>
    public string? KeyName => Grant?.KeyName;

    /// <summary>Whose the session is; null while it is nobody's.</summary>
    public SessionIdentity? Identity
    {
        get => Grant as SessionIdentity;
        init => Grant = value;
    }

    /// <summary>Whether it may stay without a user, and do what channels' rules give to such sessions.</summary>
    public bool IsAnonymous { get; set; }

    /// <summary>What a connection that stays without a user takes from, besides what all such connections of the address have; null: it does not stay, or has a user.</summary>
    public Payer? ConnectionPayer => IsAnonymous ? new(IsUser: false, _connectionKey ??= $"connection {Id}") : null;

    /// <summary>What all guests of the address take from together, besides each from their own; null: the session is no guest's.</summary>
    public Payer? GuestsPayer => Identity is { IsGuest: true } ? new(IsUser: false, _guestsKey ??= $"guests of {AddressKey}") : null;

    /// <summary>Why the token shown at connect was not accepted; null if none was shown, or one was accepted.</summary>
    public Refusal? TokenRefusal { get; set; }

    /// <summary>The token shown at connect that could not be verified yet, for want of its key; null: there is none. Read again with the next request that takes one.</summary>
    public string? UnreadToken { get; set; }

    /// <inheritdoc cref="ISessionSocket.Silence"/>
    public TimeSpan Silence => socket.Silence;

    /// <summary>Whether the user's grain knows this connection.</summary>
    public bool IsConnectedToUser { get; set; }

    /// <summary>Done when the user's grain has been told of this connection, or could not be; null: nobody is telling it.</summary>
    public Task? Counting { get; set; }

    /// <summary>How many requests were refused since one was carried out. Of the session's own reads, which come one at a time.</summary>
    public int RefusalsInRow { get; set; }

    public IReadOnlyList<string> Rooms => Volatile.Read(ref _rooms);

    /// <inheritdoc/>
    public bool IsIn(string roomId) => Rooms.Contains(roomId, StringComparer.Ordinal);

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

    /// <inheritdoc cref="RequestTurns.GivenUp"/>
    public CancellationToken GivenUp => Turns.GivenUp;

    /// <summary>From now on it can be resumed; false, where it has ended, or can be already.</summary>
    public bool TryBecome(Resumption resumption)
    {
        lock (_attachments)
        {
            if (_hasEnded || Resumption is not null)
                return false;
            Resumption = resumption;
            return true;
        }
    }

    /// <summary>
    /// Whoever is the first to ask takes the session over, to park it or to give it to another gateway; nothing is attached any more. Null: it was taken, or cannot be resumed.
    /// </summary>
    public Resumption? TakeOver()
    {
        lock (_attachments)
        {
            _hasEnded = true;
            if (Resumption is null || _isTaken)
                return null;
            _isTaken = true;
            return Resumption;
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
        var held = _held.All;
        if (isDone)
        {
            foreach (var attachment in held)
            {
                if (attachment.Hold is { At: not null })
                    Outbox.Forget(attachment.Feed.Channel);
                attachment.Feed.BeginAnswer(attachment);
            }
        }

        if (answer is not null)
            Outbox.Deliver(answer);
        foreach (var attachment in held)
            attachment.Feed.Release(attachment, isDone);
        foreach (var message in _held.End(isDone))
            Outbox.Deliver(message);
        Resumption?.Answered();
    }

    /// <summary>
    /// Says that an attachment has ended that the session has not ended itself. Where a request is under way that holds it, behind the answer, which may say that the session is attached: what is said last is so.
    /// </summary>
    public void TellDetached(ChannelAttachment attachment, string code)
    {
        var message = new DetachedMessage(new ChannelDetached(attachment.Feed.Channel, code));
        if (!_held.TryKeep(attachment, message))
            Outbox.Deliver(message);
    }

    /// <summary>Why the session was taken from a channel while the request under way holds it; the answer says so, and nothing else. Null: it was not, or not for a reason of its own.</summary>
    public string? TakeUntold(string channel) => _held.Take(channel)?.Detached.Code;

    public void Remove(ChannelAttachment attachment)
    {
        lock (_attachments)
            _attachments.Remove(attachment);
    }

    /// <summary>Joined, at this revision of the room; again, if it was in it.</summary>
    public void AddRoom(string roomId, long revision)
    {
        lock (_attachments)
        {
            (_joined ??= new Dictionary<string, long>(StringComparer.Ordinal))[roomId] = revision;
            if (!_rooms.Contains(roomId, StringComparer.Ordinal))
                Volatile.Write(ref _rooms, [.. _rooms, roomId]);
        }
    }

    public void RemoveRoom(string roomId)
    {
        lock (_attachments)
        {
            _joined?.Remove(roomId);
            Volatile.Write(ref _rooms, [.. _rooms.Where(other => !string.Equals(other, roomId, StringComparison.Ordinal))]);
        }
    }

    /// <summary>The room's revision when it was joined last; null: it is not in the room.</summary>
    public long? JoinedAt(string roomId)
    {
        lock (_attachments)
            return _joined is not null && _joined.TryGetValue(roomId, out var revision) ? revision : null;
    }

    /// <summary>The connection is gone: nothing is delivered or attached any more. Answers what was attached.</summary>
    public IReadOnlyList<ChannelAttachment> End()
    {
        Outbox.End();
        ChannelAttachment[] ended;
        lock (_attachments)
        {
            _hasEnded = true;
            ended = [.. _attachments];
            _attachments.Clear();
        }

        Turns.End();
        return ended;
    }

    private bool TryHold(ChannelAttachment attachment)
    {
        _held.Add(attachment);
        return !HasEnded;
    }
}
