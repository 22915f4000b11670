using System.Text.Json;

namespace WhatsSound.Client;

/// <summary>
/// Who is in a channel. From the first <see cref="EnterAsync"/>, <see cref="GetAsync"/> or <see cref="Follow"/> the list is kept whole for as long as the channel is
/// subscribed, over reconnects and losses too. Where too many are there to be listed, <see cref="IsComplete"/> is false, the list is a sample, the count is right, and nobody is
/// told as joined or left.
/// </summary>
public sealed class ChannelPresence
{
    /// <summary>What the channel's own publications of who is there are called.</summary>
    internal const string EventName = "presence";

    private const int HeldMax = 1_000;

    private readonly string _channel;
    private readonly Ground _ground;
    private readonly Func<Subscription?> _subscription;
    private View _view = new([], 0, IsComplete: false);
    private Position? _at;
    private List<(Publication Publication, string Epoch)>? _held;
    private Entry? _entered;
    private int _syncs;
    private bool _isWanted;

    internal ChannelPresence(string channel, Ground ground, Func<Subscription?> subscription) =>
        (_channel, _ground, _subscription) = (channel, ground, subscription);

    /// <summary>Somebody came; their further connections are not told.</summary>
    public event Action<PresenceMember>? Joined;

    /// <summary>Somebody went, with their last connection.</summary>
    public event Action<PresenceMember>? Left;

    /// <summary>What is shown of somebody changed.</summary>
    public event Action<PresenceMember>? Updated;

    /// <summary>The list or the count changed, in whatever way: once per change, after the events above.</summary>
    public event Action<ChannelPresence>? Changed;

    /// <summary>Who is here, in the order they came, as far as is known; see <see cref="IsComplete"/>.</summary>
    public IReadOnlyList<PresenceMember> Members => _view.Members;

    /// <summary>How many are here.</summary>
    public int Count => _view.Count;

    /// <summary>Whether <see cref="Members"/> is everybody.</summary>
    public bool IsComplete => _view.IsComplete;

    /// <summary>Whether this client shows its user here.</summary>
    public bool IsEntered => _entered is not null;

    /// <summary>How this client shows its user here; null while it does not.</summary>
    public PresenceSelf? Me => _entered is { } entered && _ground.Identity is { } identity ? new(identity.UserId, entered.Info.OrNull(), identity.DisplayName) : null;

    /// <summary>Keeps the list from now on, without entering.</summary>
    public void Follow() => _ground.Turns.Post(() =>
    {
        if (_isWanted)
            return;
        _isWanted = true;
        if (_subscription()?.Position is not null)
            Later(AskAsync);
    });

    /// <summary>
    /// Shows this user, over reconnects too, until <see cref="LeaveAsync"/> or until the channel is unsubscribed; again, it changes what is shown. Others see the token's name
    /// and what <paramref name="info"/> says, up to 1 KiB of JSON. The channel has to be subscribed: <c>NOT_SUBSCRIBED</c>. Null, or why it was refused.
    /// </summary>
    public async Task<Refusal?> EnterAsync(JsonElement info = default, CancellationToken cancellationToken = default) =>
        (await _ground.Turns.AskAsync(() => EnterInTurnAsync(new Entry(info), cancellationToken)).ConfigureAwait(false)).Refusal;

    /// <summary>No longer shows this user; the channel stays subscribed. Null, or why it was refused.</summary>
    public async Task<Refusal?> LeaveAsync(CancellationToken cancellationToken = default) => (await _ground.Turns.AskAsync(async () =>
    {
        _entered = null;
        if (_subscription() is { } subscription)
            await _ground.SendAsync("LeavePresence", new ChannelRequest(_channel), ClientJson.Default.Object, subscription.Wanted, cancellationToken);
        return true;
    }).ConfigureAwait(false)).Refusal;

    /// <summary>Asks the server who is here; the channel need not be subscribed.</summary>
    public Task<Answer<IReadOnlyList<PresenceMember>>> GetAsync(CancellationToken cancellationToken = default) => _ground.Turns.AskAsync(async () =>
    {
        _isWanted = true;
        await _ground.AttemptAsync(AskAsync, asked: cancellationToken);
        return _view.Members;
    });

    /// <summary>The channel began anew: what was known of it is not continued.</summary>
    internal void OnBegun()
    {
        if (_isWanted)
            Later(AskAsync);
    }

    /// <summary>The channel is attached on a new connection, which has not entered.</summary>
    internal void OnRenewed()
    {
        if (_entered is { } entered)
            Later(() => SendAsync(entered), OnBegun);
    }

    /// <summary>The channel is no longer subscribed.</summary>
    internal void OnEnded()
    {
        _syncs++;
        (_held, _at, _entered) = (null, null, null);
    }

    /// <summary>Every publication of the channel, in order. Of interest are the channel's own, not what somebody published under that name.</summary>
    internal void OnPublication(Publication publication, string epoch)
    {
        if (publication is not { Event: EventName, Publisher: null })
            return;
        if (_held is not { } held)
            Apply(publication, epoch);
        else if (held.Count < HeldMax)
            held.Add((publication, epoch));
        else
            Later(AskAsync);
    }

    private async Task<bool> EnterInTurnAsync(Entry entered, CancellationToken asked)
    {
        var subscription = _subscription() ?? throw Refusals.NotSubscribed(_channel);
        var before = _entered;
        _entered = entered;
        try
        {
            return await _ground.AttemptAsync(() => SendAsync(entered), subscription.Wanted, asked);
        }
        catch (Exception exception) when (exception is RefusedException or OperationCanceledException)
        {
            if (_entered == entered)
                _entered = before;
            // An answer that came meanwhile did not count.
            OnBegun();
            throw;
        }
    }

    /// <summary>What is refused for good is told as a failure of the connection.</summary>
    private void Later(Func<Task<bool>> ask, Action? refused = null)
    {
        if (_subscription() is { } subscription)
            _ = LaterAsync(ask, refused, subscription.Wanted);
    }

    private async Task LaterAsync(Func<Task<bool>> ask, Action? refused, CancellationToken wanted)
    {
        try
        {
            await _ground.AttemptAsync(ask, wanted);
        }
        catch (RefusedException exception)
        {
            if (wanted.IsCancellationRequested)
                return;
            _ground.Fail(exception);
            refused?.Invoke();
        }
    }

    private async Task<bool> SendAsync(Entry entered)
    {
        if (_entered != entered)
            return true;
        _isWanted = true;
        var request = new EnterPresenceRequest(_channel, entered.Info.OrNull());
        return await SyncAsync(() => _ground.InvokeAsync("EnterPresence", request, ClientJson.Default.PresenceView));
    }

    private Task<bool> AskAsync() => SyncAsync(() => _ground.InvokeAsync("GetPresence", new ChannelRequest(_channel), ClientJson.Default.PresenceView));

    /// <summary>Holds changes back while asking; of several answers only the last one's counts.</summary>
    private async Task<bool> SyncAsync(Func<Task<PresenceView>> ask)
    {
        var sync = ++_syncs;
        _held = [];
        try
        {
            var view = await ask();
            if (sync == _syncs)
                Replace(view);
        }
        finally
        {
            if (sync == _syncs)
                Release();
        }

        return true;
    }

    private void Replace(PresenceView view)
    {
        _at = view.Position;
        Show(new View(PresenceList.ByArrival(view.Members), view.Total, view.IsComplete));
    }

    private void Release()
    {
        var held = _held ?? [];
        _held = null;
        foreach (var (publication, epoch) in held)
            Apply(publication, epoch);
    }

    private void Apply(Publication publication, string epoch)
    {
        if (_at is null || _at.Epoch != epoch || publication.Offset <= _at.Offset)
            return;
        _at = new Position(epoch, publication.Offset);
        if (publication.Read(ClientJson.Default.PresenceChanged) is { } change)
            Show(new View(PresenceList.After(_view.Members, change), change.Total, change.Summary is null && (_view.IsComplete || change.IsComplete)));
    }

    private void Show(View after)
    {
        var before = _view;
        _view = after;
        if (before.IsComplete && after.IsComplete)
            Tell(before.Members, after.Members);
        Changed.Tell(this, _ground.Fail);
    }

    private void Tell(IReadOnlyList<PresenceMember> before, IReadOnlyList<PresenceMember> after)
    {
        var were = PresenceList.ById(before);
        foreach (var member in before.ExceptBy(after.Select(member => member.UserId), member => member.UserId, StringComparer.Ordinal))
            Left.Tell(member, _ground.Fail);
        foreach (var member in after)
        {
            if (!were.TryGetValue(member.UserId, out var was))
                Joined.Tell(member, _ground.Fail);
            else if (!was.LooksLike(member))
                Updated.Tell(member, _ground.Fail);
        }
    }

    private sealed record View(IReadOnlyList<PresenceMember> Members, int Count, bool IsComplete);

    private sealed class Entry(JsonElement info)
    {
        public JsonElement Info => info;
    }
}
