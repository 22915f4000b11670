using WhatsSound.Client;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Clients.Clock;

namespace WhatsSound.Tests.Simulation.Sync;

/// <summary>A room whose host seeks, pauses and plays every now and then, and listeners on links of one kind at the cluster's gateways.</summary>
internal sealed class SyncRoom
{
    private const double LossShare = 0.1;

    private readonly SyncRun _run;
    private readonly string _id;
    private readonly Seeded _random;
    private readonly SyncSocket _host;
    private PlaybackVector? _heard;
    private int _commands;

    public SyncRoom(SyncRun run, string profile, int seed, int listeners)
    {
        _run = run;
        _id = $"room{seed}";
        _random = new Seeded(1_000_000 + seed);
        _host = new(run.Cluster.Gateways[0], vector =>
        {
            Updates++;
            _heard = vector;
        });
        Listeners = [.. Enumerable.Range(0, listeners).Select(i =>
            new SyncListener(run, run.Cluster.Gateways[i % run.Cluster.Gateways.Count], _id, $"user-{seed}-{i}", profile, seed * 100_000 + i))];
    }

    public IReadOnlyList<SyncListener> Listeners { get; }

    /// <summary>Those who lost their connection once; the others are asked how often they probed.</summary>
    public HashSet<SyncListener> Reconnected { get; } = [];

    /// <summary>How often the room told of its playback.</summary>
    public int Updates { get; private set; }

    private string HostId => $"host-{_id}";

    public async Task OpenAsync(double untilMs)
    {
        await _host.OpenAsync(HostId);
        await CommandAsync("CreateRoom", new { roomId = _id, commandId = NextId(), name = _id });
        await CommandAsync("JoinRoom", new { roomId = _id, commandId = NextId() });
        var tracks = Enumerable.Range(0, 3).Select(i => new { url = $"https://songs.example/{i}.mp3", title = $"Song {i}", artist = "Nobody", durationMs = 420_000 });
        await CommandAsync("Enqueue", new { roomId = _id, commandId = NextId(), tracks });
        foreach (var listener in Listeners)
        {
            _run.At(_run.NowMs, listener.ConnectAsync);
            if (_random.Next() >= LossShare)
                continue;
            Reconnected.Add(listener);
            _run.At(_random.Between(30_000, untilMs - 30_000), listener.ReconnectAsync);
        }

        for (var atMs = _random.Between(5_000, 20_000); atMs < untilMs; atMs += _random.Between(20_000, 60_000))
            _run.At(atMs, ActAsync);
    }

    /// <summary>Where everybody is who has heard of the room's last change, and where the room is itself; null while it does not play.</summary>
    public async Task<(double IdealMs, IReadOnlyList<double> PositionsMs, int Behind)?> LookAsync()
    {
        var vector = (await _run.Cluster.Client.GetGrain<IRoomGrain>(RoomId.KeyOf(_id)).GetSnapshotAsync(HostId)).Value!.Playback;
        var roomMs = await _run.Cluster.ReadTimeAsync();
        var idealMs = vector.AnchorPositionMs + (roomMs - vector.AnchorTimeMs) * vector.RatePermille / 1_000;
        if (vector.Status != WhatsSound.Playback.PlaybackStatus.Playing || roomMs < vector.AnchorTimeMs + 1_000 || idealMs > vector.DurationMs - 1_000)
            return null;
        var nowMs = _run.NowMs;
        var positions = Listeners
            .Select(listener => (listener.Vector, listener))
            .Where(one => one.Vector is { } has && (has.Epoch, has.Revision) == (vector.Epoch, vector.Revision))
            .Select(one => one.Vector!.PositionAt(one.listener.RoomTimeAt(nowMs)))
            .ToList();
        return (idealMs, positions, Listeners.Count - positions.Count);
    }

    private async Task ActAsync()
    {
        if (_heard is not { EntryId: { } entryId } vector)
            return;
        if (_random.Next() < 0.5)
        {
            await CommandAsync("Seek", new { roomId = _id, commandId = NextId(), entryId, positionMs = (long)_random.Between(0, vector.DurationMs / 2.0) });
            return;
        }

        await CommandAsync("Pause", new { roomId = _id, commandId = NextId() });
        _run.At(_run.NowMs + _random.Between(500, 4_000), () => CommandAsync("Play", new { roomId = _id, commandId = NextId() }));
    }

    private Task<object> CommandAsync(string name, object fields) => _host.AskAsync(name, fields);

    private string NextId() => $"c{++_commands}";
}
