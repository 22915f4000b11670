using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Reports;
using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Traffic;
using WhatsSound.Bench.Wire;
using static System.FormattableString;

namespace WhatsSound.Bench.Rooms;

/// <summary>What a room's commands cost, by the length of its queue and the size of its audience: one server, a room per audience.</summary>
internal sealed class RoomsBenchmark(RoomsOptions options, Failures failures) : IBenchmark
{
    private readonly List<RoomsResult> _results = [];
    private Crowd? _crowd;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(new RoomServer(), options, cancellationToken);
        using var audience = new Audience(server, new ClientSocketOptions());
        await failures.TryAsync("warm-up", () => WarmUpAsync(server, audience, cancellationToken), cancellationToken);
        if (options.Crowd > 1)
        {
            _crowd = new Crowd(server, audience, options);
            await failures.TryAsync(Invariant($"a room of {options.Crowd}"), () => _crowd.MeasureAsync(cancellationToken), cancellationToken);
        }

        foreach (var members in options.Members)
        {
            BenchRoom? room = null;
            var isOpen = await failures.TryAsync(
                Invariant($"{members} members join"), async () => room = await OpenAsync(audience, Invariant($"bench-{members}"), members, cancellationToken), cancellationToken);
            if (!isOpen || room is null)
                continue;

            foreach (var songs in options.Songs)
            {
                var isFull = await failures.TryAsync(Invariant($"{members} members, {songs} songs"), () => room.GrowToAsync(songs, cancellationToken), cancellationToken);
                if (!isFull)
                    break;
                await MeasureAsync(server, room, songs, cancellationToken);
            }
        }
    }

    public Report Report() => new(
        "rooms",
        string.Join('\n', ((string?[])[_crowd is null ? null : CrowdTable.Write(_crowd.Figures), RoomsTable.Write(_results)]).OfType<string>()),
        new { crowd = _crowd is null ? null : CrowdTable.Figures(_crowd.Figures), commands = RoomsTable.Figures(_results) });

    private static async Task<BenchRoom> OpenAsync(Audience audience, string id, int members, CancellationToken cancellationToken)
    {
        await audience.GrowToAsync(Math.Max(members, audience.Listeners.Count), cancellationToken);
        var room = new BenchRoom(audience, id, members);
        await room.OpenAsync(cancellationToken);
        return room;
    }

    private async Task MeasureAsync(ServerProcess server, BenchRoom room, int songs, CancellationToken cancellationToken)
    {
        var idle = await CommandSeries.IdleAsync(server, options.IdleSeconds, cancellationToken);
        foreach (var (name, next) in RoomCommands.All)
        {
            await failures.TryAsync(Invariant($"  {name}"), () => MeasureOneAsync(name, next), cancellationToken);
        }

        async Task MeasureOneAsync(string name, Func<BenchRoom, int, RoomCommand> next)
        {
            // The first few of a series pay for what the room has not done for a while.
            var lead = options.Count / 10;
            await Series(server, room).MeasureAsync(next, 0, lead, idle, cancellationToken);
            var figures = await Series(server, room).MeasureAsync(next, lead, options.Count, idle, cancellationToken);
            if (figures.FirstRefusal is { } refusal)
                failures.Add(Invariant($"{name}, {room.Members} members, {songs} songs"), Invariant($"{figures.Refused} were refused, the first with {refusal}"));
            _results.Add(new RoomsResult(name, room.Members, songs, figures));
        }
    }

    private CommandSeries Series(ServerProcess server, BenchRoom room) =>
        new(server, room, Math.Clamp(options.DeliveriesPerSecondMax / room.Members, 1, options.RatePerSecond));

    // In a room of its own: a room remembers its commands for a while, and writes what it remembers.
    private async Task WarmUpAsync(ServerProcess server, Audience audience, CancellationToken cancellationToken)
    {
        const int StepCommands = 40;
        const int StepCommandsPerSecond = 200;
        const double QuietMs = 20;

        var room = await OpenAsync(audience, "warm-up", options.Members[0], cancellationToken);
        await room.GrowToAsync(options.Songs[0], cancellationToken);
        var started = TimeProvider.System.GetTimestamp();
        var nothing = new ServerCost(WallSeconds: 1, CpuSeconds: 0, BytesWritten: 0);
        var compiled = double.MaxValue;
        for (var from = 0; compiled > QuietMs && TimeProvider.System.GetElapsedTime(started).TotalSeconds < options.WarmUpSecondsMax; from += StepCommands)
        {
            var before = await server.ReadProbeAsync();
            foreach (var (_, next) in RoomCommands.All)
                await new CommandSeries(server, room, StepCommandsPerSecond).MeasureAsync(next, from, StepCommands, nothing, cancellationToken);
            compiled = (await server.ReadProbeAsync()).CompilationMs - before.CompilationMs ?? 0;
        }
    }
}
