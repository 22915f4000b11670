namespace WhatsSound.Client;

/// <summary>
/// One wish to be in a room, from its first attempt until it is left or lost. Follows the room's channels together, which <c>JoinRoom</c> attaches, with a snapshot
/// wherever they begin anew. Used in turns only.
/// </summary>
internal sealed class RoomStay : IFollowed, IFollowing
{
    /// <summary>On these a room cannot be joined again; on any other it is tried again.</summary>
    private static readonly HashSet<string> FinalCodes =
        ["ROOM_NOT_FOUND", "ROOM_CLOSED", "FORBIDDEN", "BANNED", "KICKED", "PASSWORD_REQUIRED", "PASSWORD_WRONG", "INVITE_INVALID", "INVITE_EXPIRED", "INVITE_USED_UP"];

    private readonly string _roomId;
    private readonly JoinOptions _options;
    private readonly Ground _ground;
    private readonly IRoomStayOwner _owner;
    private readonly CancellationTokenSource _over = new();
    private CancellationTokenSource? _rejoining;
    /// <summary>Done once the room is joined on the connection there is, or no longer wanted.</summary>
    private TaskCompletionSource _inside = NewInside();

    public RoomStay(string roomId, JoinOptions options, Ground ground, IRoomStayOwner owner)
    {
        (_roomId, _options, _ground, _owner) = (roomId, options, ground, owner);
        Follower = new Follower(this);
        Joined = JoinAsync();
    }

    public Follower Follower { get; }

    /// <summary>Done when joined for the first time.</summary>
    public Task<RoomState> Joined { get; }

    /// <summary>Null until joined.</summary>
    public RoomState? State { get; private set; }

    /// <summary>Cancelled when it is over.</summary>
    public CancellationToken Wanted => _over.Token;

    public void End(Refusal? refusal = null)
    {
        if (_over.IsCancellationRequested)
            return;
        _over.Cancel();
        _inside.TrySetResult();
        _ground.Remove(this);
        _owner.OnEnded(this, refusal);
    }

    /// <summary>Changes the state by what no publication tells.</summary>
    public void Update(Func<RoomState, RoomState> change)
    {
        if (State is { } state)
            Show(change(state));
    }

    /// <summary>A room that refuses does not keep the rest from being live: it is tried again meanwhile, unless it is lost.</summary>
    public async Task RestoreAsync()
    {
        _rejoining?.Cancel();
        if (State is null)
            return;
        if (_inside.Task.IsCompleted)
            _inside = NewInside();
        try
        {
            await EnterAsync();
        }
        catch (RefusedException exception) when (!exception.IsUnanswered)
        {
            if (!_over.IsCancellationRequested && !TryLose(exception))
                _ = JoinLaterAsync(exception);
        }
    }

    public Task DetachedAsync(string channel) => Follower.PositionOf(channel) is null ? Task.CompletedTask : RestoreAsync();

    public bool IsBeneathRoom(string channel, out Task inside)
    {
        inside = _inside.Task;
        return $"{channel}:".StartsWith($"room:{_roomId}:", StringComparison.Ordinal);
    }

    async Task<Attached> IFollowing.AttachAsync(IReadOnlyDictionary<string, Position>? since)
    {
        var request = new JoinRoomRequest(_roomId, Ids.New(), _options.Info.OrNull(), since, _options.Password, _options.Invite);
        var joined = await _ground.InvokeAsync("JoinRoom", request, ClientJson.Default.RoomJoin);
        return joined.Snapshot is { } snapshot ? At(snapshot, joined.Verdict) : new Attached(joined.Verdict, joined.Recoveries);
    }

    async Task<Attached> IFollowing.RestartAsync(LostMessage? lost) =>
        At(await _ground.InvokeAsync("GetSnapshot", new RoomRequest(_roomId), ClientJson.Default.RoomSnapshot), Verdict.Lost);

    void IFollowing.OnPublications(string channel, IReadOnlyList<Publication> publications)
    {
        if (_over.IsCancellationRequested)
            return;
        Show(publications.Aggregate(State!, RoomFold.Apply));
        foreach (var publication in publications)
            _owner.OnPublication(channel, publication);
    }

    void IFollowing.OnAttached(Attached attached, int applied)
    {
        if (!_over.IsCancellationRequested)
            _owner.OnRecovered(attached.Verdict);
    }

    void IFollowing.OnStuck()
    {
        if (!_over.IsCancellationRequested)
            _ground.Drop();
    }

    private async Task<RoomState> JoinAsync()
    {
        // The room has to know this object before it is told anything.
        await Task.Yield();
        _ground.Add(this);
        try
        {
            return await _ground.AttemptAsync(
                async () =>
                {
                    await EnterAsync();
                    return State!;
                },
                Wanted);
        }
        catch (RefusedException exception)
        {
            End();
            if (exception.Refusal.Code == RefusalCodes.Timeout)
                _owner.OnUnknown();
            throw;
        }
    }

    private async Task EnterAsync()
    {
        var inside = _inside;
        await Follower.AttachAsync();
        inside.TrySetResult();
    }

    private static TaskCompletionSource NewInside() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Tries until the room is joined, left or lost, or another connection begins anew.</summary>
    private async Task JoinLaterAsync(Exception refusal)
    {
        using var rejoining = CancellationTokenSource.CreateLinkedTokenSource(Wanted, _ground.Closed);
        _rejoining = rejoining;
        _ground.Fail(refusal);
        for (var refusals = 0; !await TryJoinAsync(refusals, rejoining.Token); refusals++)
        {
        }

        if (_rejoining == rejoining)
            _rejoining = null;
    }

    /// <summary>Whether there is nothing to try again.</summary>
    private async Task<bool> TryJoinAsync(int refusals, CancellationToken wanted)
    {
        try
        {
            await _ground.BackOffAsync(refusals, wanted);
            await _ground.AttemptAsync(
                async () =>
                {
                    await EnterAsync();
                    return true;
                },
                wanted);
            return true;
        }
        catch (Exception exception)
        {
            if (wanted.IsCancellationRequested || TryLose(exception))
                return true;
            _ground.Fail(exception);
            return false;
        }
    }

    /// <summary>Ends the stay where the refusal is for good.</summary>
    private bool TryLose(Exception exception)
    {
        if (exception is not RefusedException { Refusal: var refusal } || !FinalCodes.Contains(refusal.Code))
            return false;
        End(refusal);
        return true;
    }

    private Attached At(RoomSnapshot snapshot, Verdict verdict)
    {
        var beginnings = snapshot.Positions.Select(position => new Recovery(position.Key, position.Value, verdict, DeliveryClass.Ordered, []));
        return new Attached(verdict, [.. beginnings], () => Show(RoomFold.At(snapshot)));
    }

    private void Show(RoomState state)
    {
        State = state;
        if (!_over.IsCancellationRequested)
            _owner.OnChanged(state);
    }
}
