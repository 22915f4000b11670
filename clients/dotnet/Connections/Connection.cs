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
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Channel> _channels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);

    /// <summary>Makes one; nothing is sent before <see cref="StartAsync"/>.</summary>
    /// <exception cref="ArgumentException">The address is not one of http or https.</exception>
    public Connection(ConnectionOptions options)
    {
        if (!options.Url.IsAbsoluteUri || options.Url.Scheme is not ("http" or "https"))
            throw new ArgumentException("The address of the hub must begin with http or https.", nameof(options));
        _link = new Link(options, _turns, this);
        _ground = new Ground(_link, _turns, options.Time, Fail);
        Clock = new ServerClock(options.Time);
        _prober = new ClockProber(Clock, () => ClockReset.Tell(Clock, Fail));
    }

    /// <summary>The connection came, or went.</summary>
    public event Action<ConnectionState>? StateChanged;

    /// <summary>
    /// An attempt to connect, to attach again or to renew the token failed, and will be made again: what the server refused, or what the network or the token source threw.
    /// </summary>
    public event Action<Exception>? Failed;

    /// <summary>A step of a clock was found: positions of songs should be computed anew.</summary>
    public event Action<ServerClock>? ClockReset;

    /// <summary>Where it is.</summary>
    public ConnectionState State => _link.State;

    /// <summary>Who this client is; null until live.</summary>
    public Identity? Identity => _link.Identity;

    /// <summary>The server's clock.</summary>
    public ServerClock Clock { get; }

    /// <summary>
    /// Connects, and keeps connected until <see cref="StopAsync"/>. Done when live for the first time; cancelling gives up the wait and not the connection. Idempotent.
    /// Refused with <c>CLOSED</c> after it was stopped.
    /// </summary>
    public Task<Answer<Identity>> StartAsync(CancellationToken cancellationToken = default) => _turns.AskAsync(async () =>
    {
        await _link.StartAsync().WaitAsync(cancellationToken);
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

    /// <summary>Whoever follows the channel asks for it again, and is told why not in the usual way.</summary>
    void ILinkOwner.OnDetached(DetachedMessage detached)
    {
        foreach (var followed in _ground.Followed.Where(followed => followed.Follower.PositionOf(detached.Channel) is not null))
            _ = RestoreOrDropAsync(followed);
    }

    Task ILinkOwner.OnOpenedAsync(Wire wire)
    {
        _ = _prober.RunAsync(wire);
        return Task.WhenAll(_ground.Followed.Select(followed => followed.RestoreAsync()));
    }

    void ILinkOwner.OnFailed(Exception exception) => Fail(exception);

    private async Task RestoreOrDropAsync(IFollowed followed)
    {
        try
        {
            await followed.RestoreAsync();
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
