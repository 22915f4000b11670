using WhatsSound.Client;
using WhatsSound.Tests.Gateway.Clients.Clock;
using WhatsSound.Tests.Simulation.Resumes;
using RoomJoin = WhatsSound.Gateway.Sessions.RoomJoin;

namespace WhatsSound.Tests.Simulation.Sync;

/// <summary>A device that is in a room over a seeded link, with the clock of the .NET client.</summary>
internal sealed class SyncListener
{
    private readonly Lock _gate = new();
    private readonly SyncRun _run;
    private readonly ResumeGateway _gateway;
    private readonly string _roomId;
    private readonly string _userId;
    private readonly Seeded _random;
    private readonly SeededLink _link;
    private readonly ClockEstimator _estimator = new();
    private ProbeSchedule _schedule = new();
    private SyncSocket? _socket;
    private PlaybackVector? _vector;
    private double _connectedMs;
    private long _plan;
    private int _commands;

    public SyncListener(SyncRun run, ResumeGateway gateway, string roomId, string userId, string profile, int seed)
    {
        (_run, _gateway, _roomId, _userId) = (run, gateway, roomId, userId);
        _random = new Seeded(seed);
        _link = new SeededLink(profile, _random);
    }

    /// <summary>How many probes were sent.</summary>
    public int Probes { get; private set; }

    /// <summary>Scheduled starts and seeks that it was told of, and those of them that it was told of after their time.</summary>
    public (int All, int Late) Heard { get; private set; }

    public PlaybackVector? Vector
    {
        get
        {
            lock (_gate)
                return _vector;
        }
    }

    public void Step(double atMs, double byMs) => _link.Step(atMs, byMs);

    /// <summary>What it takes for the time of the room, net of the difference of the ways, which nobody can see.</summary>
    public double RoomTimeAt(double trueMs)
    {
        var local = _link.LocalAt(trueMs);
        return local + _estimator.OffsetAt(local) - _link.AsymmetryMs;
    }

    public async Task ConnectAsync()
    {
        var socket = new SyncSocket(_gateway, Hear);
        await socket.OpenAsync(_userId);
        var joined = (RoomJoin)await socket.AskAsync("JoinRoom", new { roomId = _roomId, commandId = $"{_userId}-{++_commands}" });
        var playback = joined.Snapshot!.Playback;
        Apply(new(
            playback.Epoch, playback.Revision, (PlaybackStatus)playback.Status, playback.AnchorPositionMs, playback.AnchorTimeMs, playback.RatePermille, playback.DurationMs, playback.EntryId), isTold: false);
        _socket = socket;
        _schedule = new();
        _connectedMs = _run.NowMs;
        Plan(_schedule.NextMs(0, _random.Next()));
    }

    /// <summary>The connection is lost, and comes back after a while.</summary>
    public async Task ReconnectAsync()
    {
        var lost = _socket!;
        _socket = null;
        _plan++;
        _run.At(_run.NowMs + _random.Between(500, 3_000), ConnectAsync);
        await lost.EndAsync();
    }

    private void Plan(double afterMs)
    {
        var plan = ++_plan;
        _run.At(_run.NowMs + Math.Max(afterMs, 1), () => _plan == plan && _socket is { } socket ? SendAsync(socket) : Task.CompletedTask);
    }

    private Task SendAsync(SyncSocket socket)
    {
        Plan(_schedule.NextMs(_run.NowMs - _connectedMs, _random.Next()));
        Probes++;
        var t1 = _link.LocalAt(_run.NowMs);
        _run.At(_link.Up(_run.NowMs), () => _socket == socket ? AskAsync(socket, t1) : Task.CompletedTask);
        return Task.CompletedTask;
    }

    private async Task AskAsync(SyncSocket socket, double t1)
    {
        var answer = await socket.AskTimeAsync((long)(t1 * 1_000));
        var backMs = Down();
        _run.At(backMs, () =>
        {
            if (_socket == socket)
                Take(new(t1, answer.T2Us / 1_000.0, answer.T3Us / 1_000.0, _link.LocalAt(backMs)));
            return Task.CompletedTask;
        });
    }

    private void Take(Probe probe)
    {
        var isStep = _estimator.Add(probe);
        if (_schedule.AfterAnswerMs(isStep, _estimator.IsSuspect, _run.NowMs - _connectedMs) is { } againMs)
            Plan(againMs);
    }

    private double Down()
    {
        lock (_gate)
            return _link.Down(_run.NowMs);
    }

    /// <summary>The server has sent it.</summary>
    private void Hear(PlaybackVector vector) => _run.At(Down(), () =>
    {
        Apply(vector, isTold: true);
        return Task.CompletedTask;
    });

    private void Apply(PlaybackVector vector, bool isTold)
    {
        lock (_gate)
        {
            if (_vector is not null && !vector.IsNewerThan(_vector))
                return;
            if (isTold && vector.Status == PlaybackStatus.Playing && _estimator.Count > 0)
                Heard = (Heard.All + 1, Heard.Late + (RoomTimeAt(_run.NowMs) > vector.AnchorTimeMs ? 1 : 0));
            _vector = vector;
        }
    }
}
