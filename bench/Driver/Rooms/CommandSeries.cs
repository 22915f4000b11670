using System.Diagnostics;
using System.Text.Json;
using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Rooms;

/// <summary>
/// Sends commands one after another: the next when the one before is answered and its time has come. What the server does for them after the answer
/// (frames that wait for company) is in the series, and what it does anyway is taken off.
/// </summary>
internal sealed class CommandSeries(ServerProcess server, BenchRoom room, int ratePerSecond)
{
    // The longest that a frame of a room waits is 500 ms.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(700);

    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1.0 / ratePerSecond);
    private readonly List<int> _latencyUs = [];
    private int _sent;
    private int _refused;
    private string? _firstRefusal;

    /// <summary>
    /// What the server costs a second when nobody commands it: the least of a few seconds, of each cost by itself, since what joining left behind may not be
    /// over yet, and what it saves every 5 s is due to commands.
    /// </summary>
    public static async Task<ServerCost> IdleAsync(ServerProcess server, int seconds, CancellationToken cancellationToken)
    {
        var costs = new List<ServerCost>();
        while (costs.Count < seconds)
        {
            var before = ServerCost.Of(server);
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            costs.Add(ServerCost.Of(server) - before);
        }

        return new ServerCost(WallSeconds: 1, costs.Min(c => c.CpuSeconds / c.WallSeconds), costs.Min(c => c.BytesWritten / c.WallSeconds));
    }

    public async Task<CommandFigures> MeasureAsync(
        Func<BenchRoom, int, RoomCommand> next, int from, int count, ServerCost idle, CancellationToken cancellationToken)
    {
        var journal = JournalFigures.Read(server.DataFolder, room.Id, after: 0);
        var before = ServerCost.Of(server);
        var started = Stopwatch.GetTimestamp();
        for (var number = 0; number < count; number++)
        {
            var wait = (number * _interval) - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, cancellationToken);
            await SendAsync(next(room, from + number), cancellationToken);
        }

        await Task.Delay(Settle, cancellationToken);
        var cost = ServerCost.Of(server) - before;
        var written = JournalFigures.Read(server.DataFolder, room.Id, journal.LastEntry);
        return new CommandFigures
        {
            JournalBytes = written.EntryBytes,
            DatabaseBytes = (written.DatabaseBytes - journal.DatabaseBytes) / (double)_sent,
            CpuMs = (cost.CpuSeconds - (idle.CpuSeconds * cost.WallSeconds)) * 1e3 / _sent,
            BytesWritten = (cost.BytesWritten - (idle.BytesWritten * cost.WallSeconds)) / _sent,
            Latency = new Latencies(_latencyUs),
            Refused = _refused,
            FirstRefusal = _firstRefusal,
        };
    }

    private async Task SendAsync(RoomCommand command, CancellationToken cancellationToken)
    {
        var (completion, latencyUs) = await CallAsync(command, cancellationToken);
        if (HubCalls.IsRefusal(completion))
        {
            _refused++;
            _firstRefusal ??= completion.ToString();
            return;
        }

        _latencyUs.Add(latencyUs);
        if (!command.IsUndone)
            return;

        var entryId = completion.GetProperty("result").GetProperty("result").GetProperty("entryIds")[0].GetString();
        await CallAsync(new RoomCommand(command.Member, "RemoveEntry", $"\"entryId\":\"{entryId}\""), cancellationToken);
    }

    private async Task<(JsonElement Completion, int LatencyUs)> CallAsync(RoomCommand command, CancellationToken cancellationToken)
    {
        var answer = await HubCalls.AskAsync(room.SocketOf(command.Member), command.Target, room.Argument(command.Fields), cancellationToken);
        _sent++;
        return answer;
    }
}
