using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Simulation.Judges;

namespace WhatsSound.Tests.Simulation.Storms;

/// <summary>
/// A page in a browser, by the rules of docs/protocol.md: it joins, rejoins with its positions, and takes a snapshot when told that something is lost. What
/// it does and gets, happens one after the other, as in a page.
/// </summary>
internal sealed class Tab
{
    private readonly StormWorld _world;
    private readonly Random _random;
    private readonly TaskScheduler _scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
    private readonly List<ChannelFrame> _heldBack = [];
    private StormGateway? _gateway;
    private Session? _session;
    private Socket? _socket;
    private bool _hasView;
    private int _lostCount;
    private int _commandsMade;

    public Tab(StormWorld world, string userId, string name)
    {
        _world = world;
        _random = world.Dice.For($"tab {name}");
        UserId = userId;
        Name = name;
        View = new(name, StormWorld.RoomName, world.Findings);
    }

    /// <summary>How long a page waits for an answer.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(15);

    public string UserId { get; }

    public string Name { get; }

    public RoomView View { get; }

    public string? ConnectionId => _session?.Id;

    /// <summary>How many of five times the page comes back with its positions, rather than as after a reload.</summary>
    public int RejoinsOfFive { get; set; } = 4;

    /// <summary>Whether the view is kept up by frames.</summary>
    public bool IsFollowing { get; private set; }

    public IRoomGrain Room => _gateway!.Room;

    /// <summary>In the page's turn.</summary>
    public Task Run(Func<Task> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler).Unwrap();

    /// <summary>A call to the room, through the gateway of the connection.</summary>
    public Task<T> AskAsync<T>(Func<IRoomGrain, Task<T>> ask)
    {
        var gateway = _gateway ?? throw new OperationCanceledException($"{Name} is not connected.");
        return gateway.RunAsync(() => ask(gateway.Room)).WaitAsync(Patience, _world.Clock.Time);
    }

    public RoomCommand NewCommand(string kind) => new() { CommandId = $"{kind}-{Name}-{++_commandsMade}", UserId = UserId, DisplayName = Name, Action = new JoinRoom() };

    public void GatewayDied(StormGateway gateway) => Run(() =>
    {
        if (ReferenceEquals(_gateway, gateway))
            Forget();
        return Task.CompletedTask;
    });

    /// <summary>The connection breaks without a word; the gateway sees it.</summary>
    public Task BreakAsync() => Run(() =>
    {
        Break();
        return Task.CompletedTask;
    });

    /// <summary>One step towards following the room. In the page's turn.</summary>
    public async Task FollowAsync()
    {
        var session = Connect();
        var gateway = _gateway!;
        try
        {
            if (await gateway.ConnectUserAsync(session).WaitAsync(Patience, _world.Clock.Time) is { } refusal)
                _world.Findings.Note($"{Name} cannot connect: {refusal.Code}");
            else if (!ReferenceEquals(_session, session))
                _world.Findings.Note($"{Name} lost the connection that it made");
            else if (_lostCount > 0 && session.Rooms.Count > 0)
                await TakeSnapshotAsync(gateway, session);
            else
                await JoinAsync(gateway, session);
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            // Whatever was in the way, a page connects anew.
            _world.Findings.Failed($"{Name} could not follow", exception);
            if (ReferenceEquals(_session, session))
                Break();
        }
    }

    /// <summary>Leaves the room on purpose, and closes. In the page's turn.</summary>
    public async Task LeaveAsync()
    {
        var (gateway, session) = (_gateway!, _session!);
        try
        {
            var answer = await gateway
                .RunAsync(() => gateway.Rooms.LeaveAsync(session, StormWorld.RoomName, NewCommand("leave") with { Action = new LeaveRoom() }))
                .WaitAsync(Patience, _world.Clock.Time);
            _world.Findings.Note($"{Name} left: {answer.Refusal?.Code ?? "well"}");
        }
        catch (Exception exception)
        {
            // It goes in any case.
            _world.Findings.Failed($"{Name} could not leave", exception);
        }

        if (ReferenceEquals(_session, session))
            Break();
        _hasView = false;
    }

    public Task CheckAgainstAsync(RoomSnapshot snapshot) => Run(() =>
    {
        View.CheckAgainst(snapshot);
        _world.Ledger.CheckSeen(Name, View.Chat);
        return Task.CompletedTask;
    });

    private void Break()
    {
        if (_session is not { } session || _gateway is not { } gateway)
            return;
        _world.Findings.Note($"{Name} loses {session.Id}");
        Forget();
        _ = Run(() => gateway.EndAsync(session));
    }

    private void Forget()
    {
        _gateway = null;
        _session = null;
        _socket = null;
        IsFollowing = false;
        _heldBack.Clear();
    }

    private Session Connect()
    {
        if (_session is { } known)
            return known;
        var gateways = _world.Gateways;
        _gateway = gateways[_random.Next(gateways.Count)];
        _socket = new(this);
        _lostCount = 0;
        _session = _gateway.Open(UserId, _socket);
        return _session;
    }

    private async Task JoinAsync(StormGateway gateway, Session session)
    {
        var since = _hasView && _random.Next(5) < RejoinsOfFive ? View.Positions() : null;
        var lostBefore = _lostCount;
        var askedAtMs = _world.Clock.NowMs;
        var info = Payload.Of(new ChatMessage { Text = UserId }, WireJson.Default.ChatMessage);
        var answer = await gateway
            .RunAsync(() => gateway.Rooms.JoinAsync(session, StormWorld.RoomName, NewCommand("join"), info, since))
            .WaitAsync(Patience, _world.Clock.Time);
        if (answer.Refusal is { } refusal)
        {
            _world.Order.Refused(UserId, "the join", refusal.Code, askedAtMs, _world.Clock.NowMs);
            EndRefused(session, $"may not join: {refusal.Code}");
        }

        if (answer.Value is { } join)
            await InOrderAsync(session, () => Take(join, session, lostBefore));
    }

    private void Take(RoomJoin join, Session session, int lostBefore)
    {
        _world.Findings.Note($"{Name} joined on {session.Id}: {join.Verdict}");
        if (join.Snapshot is { } snapshot)
            View.Become(snapshot);
        foreach (var recovery in join.Recoveries)
            View.Of(recovery.Channel).TakeRecovered(recovery.Position, recovery.Class, recovery.Publications);
        _hasView = true;
        Continue(lostBefore);
    }

    private async Task TakeSnapshotAsync(StormGateway gateway, Session session)
    {
        var lostBefore = _lostCount;
        var answer = await gateway
            .RunAsync(() => gateway.Rooms.GetSnapshotAsync(session, StormWorld.RoomName))
            .WaitAsync(Patience, _world.Clock.Time);
        _world.Findings.Note($"{Name} asked for a snapshot: {answer.Refusal?.Code ?? "got it"}");
        if (answer.Refusal is not null)
            session.Answer(answer: null, isDone: false);
        if (answer.Refusal is { Retryable: false } && ReferenceEquals(_session, session))
            Break();
        if (answer.Value is { } snapshot)
            await InOrderAsync(session, () => Take(snapshot, lostBefore));
    }

    private void Take(RoomSnapshot snapshot, int lostBefore)
    {
        View.Become(snapshot);
        _lostCount -= lostBefore;
        Continue(0);
    }

    /// <summary>An answer takes the way of the frames, behind those that were delivered before it.</summary>
    private Task InOrderAsync(Session session, Action take)
    {
        var answer = new AnswerMessage(take);
        session.Answer(answer, isDone: true);
        return answer.Taken.WaitAsync(Patience, _world.Clock.Time);
    }

    private void EndRefused(Session session, string how)
    {
        _world.Findings.Note($"{Name} {how}");
        session.Answer(answer: null, isDone: false);
    }

    /// <summary>Takes what came while the answer was on its way; not if something was lost meanwhile.</summary>
    private void Continue(int lostBefore)
    {
        if (_lostCount > lostBefore)
            return;
        _lostCount = 0;
        foreach (var frame in _heldBack)
            View.Of(frame.Channel).TakeHeldBack(frame);
        _heldBack.Clear();
        IsFollowing = true;
    }

    private void Receive(OutgoingMessage message)
    {
        switch (message)
        {
            case FrameMessage { Frame: var frame } when IsFollowing:
                View.Of(frame.Channel).Take(frame);
                break;
            case FrameMessage { Frame: var frame }:
                _heldBack.Add(frame);
                break;
            case DetachedMessage { Detached: var detached }:
                // Out: a page that comes back does so anew, if it may.
                _world.Findings.Note($"{Name} is detached from {detached.Channel}: {detached.Code}");
                _hasView = false;
                Break();
                break;
            case AnswerMessage answer:
                answer.Take();
                break;
            case LostMessage { Lost: var lost }:
                _world.Findings.Note($"{Name} lost {lost.Channel} {lost.LostFrom}-{lost.LostTo}");
                _lostCount++;
                IsFollowing = false;
                break;
        }
    }

    /// <summary>One connection's socket: messages become turns of the page, in order; what an earlier one still delivers goes nowhere.</summary>
    private sealed class Socket(Tab tab) : ISessionSocket
    {
        public IWireFormat Format => throw new NotSupportedException("Messages reach a page as they are.");

        public TimeSpan Silence => TimeSpan.Zero;

        public ValueTask WriteAsync(ReadOnlySpan<OutgoingMessage> messages)
        {
            tab._world.Clock.Progressed();
            foreach (var message in messages.ToArray())
            {
                _ = tab.Run(() =>
                {
                    if (ReferenceEquals(tab._socket, this))
                        tab.Receive(message);
                    return Task.CompletedTask;
                });
            }

            return ValueTask.CompletedTask;
        }

        public void Close() => _ = tab.Run(() =>
        {
            if (ReferenceEquals(tab._socket, this))
                tab.Break();
            return Task.CompletedTask;
        });

        public void Cut() => Close();
    }
}
