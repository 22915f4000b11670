using WhatsSound.Channels;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Rooms;
using WhatsSound.Tests.Simulation.Judges;

namespace WhatsSound.Tests.Simulation;

/// <summary>
/// A page in a browser, by the rules of docs/protocol.md: it joins, rejoins with its positions, takes a snapshot when told that something is lost, and
/// sends a command again, with its id, until it has an answer. This part: its connection.
/// </summary>
internal sealed partial class SimulatedTab
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly SimulatedWorld _world;
    private readonly string _userId;
    private readonly string _name;
    private readonly TaskScheduler _scheduler;
    private readonly RoomView _view;
    private readonly List<ChannelFrame> _heldBack = [];
    private SimulatedGateway? _gateway;
    private Session? _session;
    private Socket? _socket;
    private bool _hasView;
    private bool _isFollowing;
    private int _lostCount;
    private int _commandsMade;

    public SimulatedTab(SimulatedWorld world, string userId, string name)
    {
        _world = world;
        _userId = userId;
        _name = name;
        _scheduler = world.Simulation.CreateScheduler(name);
        _view = new(name, SimulatedWorld.RoomName, world.Findings);
    }

    public string UserId => _userId;

    public string Name => _name;

    public RoomView View => _view;

    public string? ConnectionId => _session?.Id;

    public IRoomGrain Room => _gateway!.Room;

    public bool IsFollowing => _isFollowing;

    public bool IsSettled => _isFollowing && _unsettled is null;

    public Task Run(Func<Task> life) =>
        Task.Factory.StartNew(life, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler).Unwrap();

    public void GatewayDied(SimulatedGateway gateway)
    {
        if (ReferenceEquals(_gateway, gateway))
            Forget();
    }

    /// <summary>The connection breaks without a word; the gateway sees it.</summary>
    public void Break()
    {
        if (_session is not { } session || _gateway is not { } gateway)
            return;
        _world.Findings.Note($"{_name} loses {session.Id}");
        Forget();
        _ = Run(() => gateway.EndAsync(session));
    }

    private void Forget()
    {
        _gateway = null;
        _session = null;
        _socket = null;
        _isFollowing = false;
        _heldBack.Clear();
    }

    /// <summary>One step towards following the room.</summary>
    private async Task FollowAsync()
    {
        var session = Connect();
        try
        {
            if (await _gateway!.ConnectUserAsync(session).WaitAsync(Patience, _world.Time) is { } refusal)
                _world.Findings.Note($"{_name} cannot connect: {refusal.Code}");
            else if (_lostCount > 0 && session.Rooms.Count > 0)
                await TakeSnapshotAsync(session);
            else
                await JoinAsync(session);
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            // Whatever was in the way, a page connects anew.
            _world.Findings.Note($"{_name} could not follow: {exception.GetType().Name} {exception.Message}");
            if (ReferenceEquals(_session, session))
                Break();
        }
    }

    private Session Connect()
    {
        if (_session is { } known)
            return known;
        _gateway = _world.PickGateway();
        _socket = new(this);
        _lostCount = 0;
        _session = _gateway.Open(_userId, _socket);
        return _session;
    }

    private async Task JoinAsync(Session session)
    {
        var since = _hasView && _world.Random.Next(5) > 0 ? _view.Positions() : null;
        var lostBefore = _lostCount;
        var answer = await _gateway!.Rooms
            .JoinAsync(session, SimulatedWorld.RoomName, NewCommand("join"), Payload.Of(new ChatMessage { Text = _userId }, WireJson.Default.ChatMessage), since)
            .WaitAsync(Patience, _world.Time);
        if (!ReferenceEquals(_session, session))
            return;
        if (answer.Refusal is { } refusal)
        {
            _world.Findings.Note($"{_name} may not join: {refusal.Code}");
            return;
        }

        _world.Findings.Note($"{_name} joined on {session.Id}: {answer.Value!.Verdict}");
        if (answer.Value.Snapshot is { } snapshot)
            _view.Become(snapshot);
        foreach (var recovery in answer.Value.Recoveries)
            _view.Of(recovery.Channel).TakeRecovered(recovery.Position, recovery.Class, recovery.Publications);
        _hasView = true;
        Continue(lostBefore);
    }

    private async Task TakeSnapshotAsync(Session session)
    {
        var lostBefore = _lostCount;
        var answer = await _gateway!.Rooms.GetSnapshotAsync(session, SimulatedWorld.RoomName).WaitAsync(Patience, _world.Time);
        if (!ReferenceEquals(_session, session))
            return;
        _world.Findings.Note($"{_name} asked for a snapshot: {answer.Refusal?.Code ?? "got it"}");
        if (answer.Refusal is { Retryable: false })
            Break();
        if (answer.Value is not { } snapshot)
            return;
        _view.Become(snapshot);
        _lostCount -= lostBefore;
        Continue(0);
    }

    /// <summary>Takes what came while the answer was on its way; not if something was lost meanwhile.</summary>
    private void Continue(int lostBefore)
    {
        if (_lostCount > lostBefore)
            return;
        _lostCount = 0;
        foreach (var frame in _heldBack)
            _view.Of(frame.Channel).TakeHeldBack(frame);
        _heldBack.Clear();
        _isFollowing = true;
    }

    private void Receive(OutgoingMessage message)
    {
        switch (message)
        {
            case FrameMessage { Frame: var frame } when _isFollowing:
                _view.Of(frame.Channel).Take(frame);
                break;
            case FrameMessage { Frame: var frame }:
                _heldBack.Add(frame);
                break;
            case LostMessage { Lost: var lost }:
                _world.Findings.Note($"{_name} lost {lost.Channel} {lost.LostFrom}-{lost.LostTo}");
                _lostCount++;
                _isFollowing = false;
                break;
        }
    }

    private RoomCommand NewCommand(string kind) => new() { CommandId = $"{kind}-{_name}-{++_commandsMade}".Replace(' ', '-'), UserId = _userId, DisplayName = _name };

    /// <summary>One connection's socket: what an earlier one still delivers goes nowhere.</summary>
    private sealed class Socket(SimulatedTab tab) : ISessionSocket
    {
        public ValueTask WriteAsync(ReadOnlySpan<OutgoingMessage> messages)
        {
            foreach (var message in messages)
            {
                if (ReferenceEquals(tab._socket, this))
                    tab.Receive(message);
            }

            return ValueTask.CompletedTask;
        }

        public void Close()
        {
            if (ReferenceEquals(tab._socket, this))
                tab.Break();
        }

        public void Cut() => Close();
    }
}
