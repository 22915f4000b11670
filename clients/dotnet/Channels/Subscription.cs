namespace WhatsSound.Client;

/// <summary>One wish to be subscribed to a channel, from its first attempt until it is unsubscribed or refused for good. Used in turns only.</summary>
internal sealed class Subscription : IFollowed, IFollowing
{
    /// <summary>On these a channel cannot be attached; on any other it is tried again.</summary>
    private static readonly HashSet<string> FinalCodes =
        ["BAD_REQUEST", "FORBIDDEN", "SUBSCRIPTION_LIMIT", "TLS_REQUIRED", "ROOM_NOT_FOUND", "ROOM_CLOSED", "NOT_MEMBER", "BANNED", "KICKED"];

    private readonly string _channel;
    private readonly SubscribeOptions _options;
    private readonly Ground _ground;
    private readonly ISubscriptionOwner _owner;
    private readonly CancellationTokenSource _over = new();
    private readonly SubscribeRequest _request;
    private ChannelVerdict? _last;
    /// <summary>Whether it attaches for the first time, or again after a refusal: then it does so until it is attached, over connections too.</summary>
    private bool _isAttaching;
    private bool _isDetached;

    public Subscription(string channel, SubscribeOptions options, Ground ground, ISubscriptionOwner owner)
    {
        (_channel, _options, _ground, _owner) = (channel, options, ground, owner);
        _request = options.RequestOf(channel);
        Follower = new Follower(this, channel, options.Since, options.IsFiltered);
        Attached = StartAsync();
    }

    public Follower Follower { get; }

    /// <summary>Done when attached for the first time.</summary>
    public Task<ChannelVerdict> Attached { get; }

    /// <summary>Cancelled when it is over.</summary>
    public CancellationToken Wanted => _over.Token;

    /// <summary>What of the channel is wanted.</summary>
    public SubscribeOptions Options => _options;

    public Position? Position => Follower.PositionOf(_channel);

    public void End(Refusal? refusal = null)
    {
        if (_over.IsCancellationRequested)
            return;
        _over.Cancel();
        _ground.Remove(this);
        _owner.OnEnded(this, refusal);
    }

    /// <summary>A channel that is refused for now does not keep the others from being live.</summary>
    public async Task RestoreAsync()
    {
        if (_isAttaching)
            return;
        try
        {
            await Follower.AttachAsync();
            _owner.OnRenewed();
        }
        catch (RefusedException exception)
        {
            if (!TryEnd(exception.Refusal))
                _ = AttachLaterAsync();
        }
    }

    public async Task DetachedAsync(string channel)
    {
        if (channel != _channel)
            return;
        // An answer that came before this may not have been taken yet.
        if (_isAttaching)
            _isDetached = true;
        else
            await RestoreAsync();
    }

    public bool IsBeneathRoom(string channel, out Task inside)
    {
        inside = Task.CompletedTask;
        return false;
    }

    async Task<Attached> IFollowing.AttachAsync(IReadOnlyDictionary<string, Position>? since)
    {
        var found = since?.GetValueOrDefault(_channel) is { } position
            ? await AskAsync(_request with { Since = position })
            : await AskAsync(_request with { RewindCount = _options.RewindCount, RewindMs = (long?)_options.Rewind?.TotalMilliseconds });
        return One(found.Verdict == Verdict.Lost ? await BehindAsync(found) : found);
    }

    async Task<Attached> IFollowing.RestartAsync(LostMessage? lost)
    {
        if (lost is not null)
            return One(new Recovery(_channel, lost.Position, Verdict.Lost, DeliveryClass.Ordered, [], lost.LostFrom, lost.LostTo));
        var was = Position;
        var found = await AskAsync(_request);
        var isComparable = was?.Epoch == found.Position.Epoch;
        return One(found with { Verdict = Verdict.Lost, LostFrom = isComparable ? was!.Offset + 1 : null, LostTo = isComparable ? found.Position.Offset : null });
    }

    void IFollowing.OnPublications(string channel, IReadOnlyList<Publication> publications)
    {
        if (!_over.IsCancellationRequested)
            _owner.OnPublications(publications);
    }

    void IFollowing.OnAttached(Attached attached, int applied)
    {
        if (_over.IsCancellationRequested)
            return;
        var recovery = attached.Recoveries[0];
        _last = new ChannelVerdict(attached.Verdict, recovery.Position, recovery.LostFrom, recovery.LostTo, applied);
        _owner.OnVerdict(_last);
    }

    void IFollowing.OnStuck()
    {
        if (!_over.IsCancellationRequested)
            _ground.Drop();
    }

    private async Task<ChannelVerdict> StartAsync()
    {
        _isAttaching = true;
        // The channel has to know this object before it is told anything.
        await Task.Yield();
        _ground.Add(this);
        _ = EndWhenClosedAsync();
        try
        {
            await AttachInsideAsync();
            Wanted.ThrowIfCancellationRequested();
            return _last!;
        }
        catch (OperationCanceledException)
        {
            _ground.ThrowIfClosed();
            throw Refusals.Left();
        }
        catch (RefusedException)
        {
            End();
            throw;
        }
    }

    private async Task EndWhenClosedAsync()
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(Wanted, _ground.Closed);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, either.Token);
        }
        catch (OperationCanceledException)
        {
            End();
        }
    }

    private async Task AttachInsideAsync()
    {
        _isAttaching = true;
        try
        {
            do
            {
                _isDetached = false;
                await AttachBehindRoomAsync();
            }
            while (_isDetached);
        }
        finally
        {
            _isAttaching = false;
        }
    }

    /// <summary>Beneath a room that this client wants to be in, it waits until it is there; and longer each time, should the server think otherwise.</summary>
    private async Task AttachBehindRoomAsync()
    {
        for (var refusals = 0; ; refusals++)
        {
            Task inside;
            try
            {
                await AttachAsync();
                return;
            }
            catch (RefusedException exception) when (IsOutside(exception.Refusal, out inside))
            {
            }

            await inside.WaitAsync(Wanted);
            if (refusals > 0)
                await _ground.BackOffAsync(refusals, Wanted);
        }
    }

    /// <summary>Whether it was refused only because the room above it, which this client wants to be in, is not joined.</summary>
    private bool IsOutside(Refusal refusal, out Task inside) => _ground.IsBeneathRoom(_channel, out inside) && refusal.Code == "NOT_MEMBER";

    private Task<bool> AttachAsync() => _ground.AttemptAsync(
        async () =>
        {
            await Follower.AttachAsync();
            return true;
        },
        Wanted);

    /// <summary>A loss, with what the channel still has behind it: of a new numbering all from its beginning.</summary>
    private async Task<Recovery> BehindAsync(Recovery loss)
    {
        var end = loss.Position with { Offset = loss.LostTo ?? 0 };
        if (end.Offset >= loss.Position.Offset)
            return loss;
        var rest = await AskAsync(_request with { Since = end });
        if (rest.Verdict == Verdict.Recovered)
            return rest with { Verdict = Verdict.Lost, LostFrom = loss.LostFrom, LostTo = loss.LostTo };
        var isComparable = loss.LostFrom is not null && rest.Position.Epoch == loss.Position.Epoch;
        return rest with { LostFrom = isComparable ? loss.LostFrom : null, LostTo = isComparable ? rest.Position.Offset : null, Publications = [] };
    }

    private Task<Recovery> AskAsync(SubscribeRequest request) => _ground.InvokeAsync("Subscribe", request, ClientJson.Default.Recovery);

    private async Task AttachLaterAsync()
    {
        try
        {
            await AttachInsideAsync();
            if (!_over.IsCancellationRequested)
                _owner.OnRenewed();
        }
        catch (RefusedException exception)
        {
            // The next connection tries again.
            if (!_over.IsCancellationRequested && !TryEnd(exception.Refusal))
                _ground.Drop();
        }
        catch (OperationCanceledException)
        {
            // Unsubscribed while it waited for its room.
        }
    }

    private bool TryEnd(Refusal refusal)
    {
        if (!FinalCodes.Contains(refusal.Code) || IsOutside(refusal, out _))
            return false;
        End(refusal);
        return true;
    }

    private static Attached One(Recovery recovery) => new(recovery.Verdict, [recovery]);
}
