namespace WhatsSound.Client;

/// <summary>
/// A connection to the server, which carries any number of channels and rooms. Reconnects by itself until it is stopped; what is subscribed recovers by position, and
/// what got no answer is sent again with the same id, for 60 s at most. Safe for all threads. Events come one after the other, and what handles one must not block.
/// </summary>
public sealed class Connection : IAsyncDisposable, ILinkOwner
{
    private readonly Turns _turns = new();
    private readonly Link _link;
    private readonly Ground _ground;
    private readonly ClockProber _prober;
    private readonly TimeProvider _time;
    private readonly object _gate = new();
    private readonly Dictionary<string, Channel> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);

    /// <summary>Makes one; nothing is sent before <see cref="StartAsync(CancellationToken)"/>.</summary>
    /// <exception cref="ArgumentException">The address is not one of http or https.</exception>
    public Connection(ConnectionOptions options)
    {
        if (!options.Url.IsAbsoluteUri || options.Url.Scheme is not ("http" or "https"))
            throw new ArgumentException("The address of the hub must begin with http or https.", nameof(options));
        _link = new Link(options, _turns, this);
        _ground = new Ground(_link, _turns, options, Fail);
        _time = options.Time;
        Clock = new ServerClock(options.Time);
        _prober = new ClockProber(Clock, () => ClockReset.Tell(Clock, Fail));
    }

    /// <summary>The connection came, or went.</summary>
    public event Action<ConnectionState>? StateChanged;

    /// <summary>
    /// An attempt to connect, to attach again or to renew the token failed, and will be made again: what the server refused, or what the network or the token source threw. Or the server has ended the
    /// connection: for good with <c>CLOSED</c>, and with <c>PAYLOAD_TOO_LARGE</c> or <c>BAD_REQUEST</c> for what it was sent.
    /// </summary>
    public event Action<Exception>? Failed;

    /// <summary>A step of a clock was found: positions of songs should be computed anew.</summary>
    public event Action<ServerClock>? ClockReset;

    /// <summary>Where it is.</summary>
    public ConnectionState State => _link.State;

    /// <summary>Who this client is; null until live.</summary>
    public Identity? Identity => _link.Identity;

    /// <summary>How many messages came that could not be read, and changed nothing.</summary>
    public long DroppedMessages => _link.Dropped;

    /// <summary>The server's clock.</summary>
    public ServerClock Clock { get; }

    /// <summary>
    /// Connects, and keeps connected until <see cref="StopAsync"/>. Done when live for the first time; cancelling gives up the wait and not the connection. Idempotent.
    /// Refused when an attempt fails in a way that another one will hardly change: with what the server refuses the token for, as <c>TOKEN_INVALID</c>, with <c>UNAUTHENTICATED</c> where the token source
    /// throws or answers nothing, and with <c>BAD_REQUEST</c> for an address where no hub answers. It goes on trying all the same, and starting again waits for it. A network that is away is tried without
    /// end, each failure with a <see cref="Failed"/>. Refused with <c>CLOSED</c> after it was stopped.
    /// </summary>
    public Task<Answer<Identity>> StartAsync(CancellationToken cancellationToken = default) => StartAsync(Timeout.InfiniteTimeSpan, cancellationToken);

    /// <inheritdoc cref="StartAsync(CancellationToken)"/>
    /// <param name="within">Refused with <c>TIMEOUT</c> after so long, whatever it fails for, which the message says.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    public Task<Answer<Identity>> StartAsync(TimeSpan within, CancellationToken cancellationToken = default) => _turns.AskAsync(async () =>
    {
        try
        {
            await _link.StartAsync().WaitAsync(within, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Refusals.NotLive(within, _link.LastFailure);
        }

        return _link.Identity!;
    });

    /// <summary>Ends the connection for good: nothing is sent afterwards. Done when no socket and no timer is left, within 2 s. Idempotent.</summary>
    public Task StopAsync() => _turns.RunAsync(_link.StopAsync);

    /// <inheritdoc cref="StopAsync"/>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    /// <summary>The network came back: connects at once, or sees whether the connection still answers and what the clock is now.</summary>
    public void Wake() => _turns.Post(() =>
    {
        _link.Wake();
        if (_link is { State: ConnectionState.Live, Wire: { } wire })
            _ = _prober.RunAsync(wire);
    });

    /// <summary>Gives up the current connection, so that a new one is made.</summary>
    public void Reconnect() => _turns.Post(_link.Drop);

    /// <summary>The channel of a name: the same object each time, until <see cref="ReleaseAsync"/>. Nothing is sent by that.</summary>
    public Channel Channel(string name)
    {
        lock (_gate)
            return _channels.TryGetValue(name, out var known) ? known : _channels[name] = new Channel(name, _ground);
    }

    /// <summary>Unsubscribes from a channel and forgets its object: for whoever uses ever new names. Null, or why the server refused.</summary>
    public Task<Refusal?> ReleaseAsync(string name)
    {
        Channel? channel;
        lock (_gate)
            _channels.Remove(name, out channel);
        return channel?.UnsubscribeAsync() ?? Task.FromResult<Refusal?>(null);
    }

    /// <summary>The room of an id: the same object each time, until <see cref="ReleaseRoomAsync"/>. Nothing is sent by that.</summary>
    public Room Room(string roomId)
    {
        lock (_gate)
            return _rooms.TryGetValue(roomId, out var known) ? known : _rooms[roomId] = new Room(roomId, _ground);
    }

    /// <summary>Leaves a room and forgets its object. Null, or why the server refused.</summary>
    public Task<Refusal?> ReleaseRoomAsync(string roomId)
    {
        Room? room;
        lock (_gate)
            _rooms.Remove(roomId, out room);
        return room?.LeaveAsync() ?? Task.FromResult<Refusal?>(null);
    }

    /// <summary>The rooms that their owners list.</summary>
    public Task<Answer<RoomListingPage>> ListRoomsAsync(int max = 50, CancellationToken cancellationToken = default) =>
        _turns.AskAsync(() => _ground.SendAsync("ListRooms", new ListRoomsRequest(max), ClientJson.Default.RoomListingPage, asked: cancellationToken));

    /// <summary>The rooms of the list whose names have words that begin so, and that have these tags; <paramref name="cursor"/> is the page before's <see cref="RoomListingPage.Next"/>.</summary>
    public Task<Answer<RoomListingPage>> FindRoomsAsync(
        string? query, IReadOnlyList<string>? tags = null, string? cursor = null, int max = 50, CancellationToken cancellationToken = default) =>
        _turns.AskAsync(() => _ground.SendAsync("ListRooms", new ListRoomsRequest(max, query, tags, cursor), ClientJson.Default.RoomListingPage, asked: cancellationToken));

    /// <summary>The rooms that this user owns, and joined last.</summary>
    public Task<Answer<UserRooms>> GetMyRoomsAsync(CancellationToken cancellationToken = default) =>
        _turns.AskAsync(() => _ground.SendAsync("GetMyRooms", new NoFields(), ClientJson.Default.UserRooms, asked: cancellationToken));

    /// <summary>Follows a user: when a song of theirs plays in a public room, this user is told in <c>user:{id}:notifications</c>, once an hour at most. Null: done.</summary>
    public async Task<Refusal?> FollowAsync(string userId, CancellationToken cancellationToken = default) =>
        (await _turns.AskAsync(() => _ground.SendAsync("Follow", new FollowRequest(userId), ClientJson.Default.Object, asked: cancellationToken)).ConfigureAwait(false)).Refusal;

    /// <summary>Follows a user no more. Null: done.</summary>
    public async Task<Refusal?> UnfollowAsync(string userId, CancellationToken cancellationToken = default) =>
        (await _turns.AskAsync(() => _ground.SendAsync("Unfollow", new FollowRequest(userId), ClientJson.Default.Object, asked: cancellationToken)).ConfigureAwait(false)).Refusal;

    /// <summary>All whom this user follows.</summary>
    public Task<Answer<UserFollows>> GetFollowsAsync(CancellationToken cancellationToken = default) =>
        _turns.AskAsync(() => _ground.SendAsync("GetFollows", new NoFields(), ClientJson.Default.UserFollows, asked: cancellationToken));

    /// <summary>Makes a room, of which this user is the owner.</summary>
    public Task<Answer<RoomReceipt>> CreateRoomAsync(string roomId, RoomSettings settings, CancellationToken cancellationToken = default)
    {
        var request = new CreateRoomRequest(roomId, Ids.New(), settings.Name, settings.Description, settings.IsListed);
        return _turns.AskAsync(() => _ground.SendAsync("CreateRoom", request, ClientJson.Default.RoomReceipt, asked: cancellationToken));
    }

    void ILinkOwner.OnState(ConnectionState state) => StateChanged.Tell(state, Fail);

    void ILinkOwner.OnFrame(FrameMessage frame)
    {
        foreach (var followed in _ground.Followed)
            followed.Follower.OnFrame(frame);
    }

    void ILinkOwner.OnLost(LostMessage lost)
    {
        foreach (var followed in _ground.Followed)
            followed.Follower.OnLost(lost);
    }

    void ILinkOwner.OnDetached(DetachedMessage detached)
    {
        foreach (var followed in _ground.Followed)
            _ = DetachedOrDropAsync(followed, detached.Channel);
    }

    void ILinkOwner.OnOccupancy(Occupancy occupancy)
    {
        Channel? channel;
        lock (_gate)
            channel = _channels.GetValueOrDefault(occupancy.Channel);
        channel?.OnOccupancy(occupancy);
    }

    Task ILinkOwner.OnOpenedAsync(Wire wire)
    {
        _ = _prober.RunAsync(wire);
        // Rooms are asked for before what is beneath them: the server answers in order.
        return Task.WhenAll(_ground.Followed.OrderBy(followed => followed is RoomStay ? 0 : 1).Select(followed => followed.RestoreAsync()));
    }

    void ILinkOwner.OnFailed(Exception exception) => Fail(exception);

    private async Task DetachedOrDropAsync(IFollowed followed, string channel)
    {
        try
        {
            await followed.DetachedAsync(channel);
        }
        catch (Exception)
        {
            // Whatever kept it from being followed, the next connection is another chance.
            _link.Drop();
        }
    }

    // One that throws at being told of failures has nobody left to tell.
    private void Fail(Exception exception) => Failed.Tell(exception, _ => { });
}
