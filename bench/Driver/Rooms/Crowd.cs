using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Traffic;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Rooms;

/// <summary>One room that fills up at a steady rate, listens for a while, votes all at once, and queues more songs than anybody sees.</summary>
internal sealed class Crowd(ServerProcess server, Audience audience, RoomsOptions options)
{
    private const int SongsAtFirst = 50;

    /// <summary>What was measured, also when something after it could not be.</summary>
    public CrowdFigures Figures { get; private set; } = new() { Members = options.Crowd };

    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var members = options.Crowd;
        await audience.GrowToAsync(Math.Max(members, audience.Listeners.Count), cancellationToken);
        var room = new BenchRoom(audience, string.Create(CultureInfo.InvariantCulture, $"crowd-{members}"), members);
        await room.OpenAloneAsync(cancellationToken);
        using var witness = await RoomWitness.ConnectAsync(server, room.Id, cancellationToken);
        await HubCalls.CallAsync(witness.Socket, "JoinRoom", room.Argument("\"info\":{}"), cancellationToken);
        await room.GrowToAsync(SongsAtFirst, cancellationToken, isByHost: true);

        Console.WriteLine("  joins");
        Figures = Figures with
        {
            Joins = await PacedAsync(members - 1, options.JoinsPerSecond, number => HubCalls.AskAsync(room.SocketOf(number + 1), "JoinRoom", room.Argument("\"info\":{}"), cancellationToken), cancellationToken),
        };

        Console.WriteLine("  listens");
        var playback = witness.PlaybackFrames;
        await Task.Delay(TimeSpan.FromSeconds(options.CrowdSeconds), cancellationToken);
        Figures = Figures with { SteadyPlaybackFrames = (witness.PlaybackFrames - playback) / (double)options.CrowdSeconds };

        Console.WriteLine("  votes");
        var queue = witness.QueueFrames;
        var started = Stopwatch.GetTimestamp();
        var votes = await PacedAsync(options.VotesPerSecond * options.CrowdSeconds, options.VotesPerSecond, number => VoteAsync(room, number, cancellationToken), cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Figures = Figures with { Votes = votes.Count / seconds, QueueFrames = (witness.QueueFrames - queue) / seconds, VoteLatency = votes };

        Console.WriteLine("  snapshots");
        foreach (var songs in (int[])[SongsAtFirst, options.Songs[^1]])
        {
            await room.GrowToAsync(songs, cancellationToken, isByHost: true);
            Figures = Figures with { Snapshots = [.. Figures.Snapshots, (songs, await SnapshotBytesAsync(witness, room, cancellationToken))] };
        }
    }

    /// <summary>Each member votes for another song than before; nobody has two requests under way.</summary>
    private static Task<(System.Text.Json.JsonElement Completion, int LatencyUs)> VoteAsync(BenchRoom room, int number, CancellationToken cancellationToken)
    {
        // The songs are the host's, who does not vote.
        var round = number / (room.Members - 1);
        var song = room.Songs[(number + round) % room.Songs.Count];
        return HubCalls.AskAsync(room.SocketOf(1 + (number % (room.Members - 1))), "Vote", room.Argument($"\"entryId\":\"{song.EntryId}\",\"value\":{(round % 2 == 0 ? 1 : -1)}"), cancellationToken);
    }

    private static async Task<int> SnapshotBytesAsync(RoomWitness witness, BenchRoom room, CancellationToken cancellationToken)
    {
        var completion = await HubCalls.CallAsync(witness.Socket, "GetSnapshot", $"{{\"roomId\":\"{room.Id}\"}}", cancellationToken);
        return completion.GetProperty("result").GetProperty("result").GetRawText().Length;
    }

    /// <summary>Sends at a steady rate, whether or not what was sent before is answered; answers how long each took.</summary>
    private static async Task<Latencies> PacedAsync(
        int count, int ratePerSecond, Func<int, Task<(System.Text.Json.JsonElement Completion, int LatencyUs)>> ask, CancellationToken cancellationToken)
    {
        var latencies = new ConcurrentBag<int>();
        var asked = new List<Task>();
        var started = Stopwatch.GetTimestamp();
        for (var number = 0; number < count; number++)
        {
            var wait = TimeSpan.FromSeconds(number / (double)ratePerSecond) - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, cancellationToken);
            asked.Add(AskAsync(number));
        }

        await Task.WhenAll(asked);
        return new Latencies(latencies);

        async Task AskAsync(int number)
        {
            var (completion, latencyUs) = await ask(number);
            if (HubCalls.IsRefusal(completion))
                throw new InvalidOperationException(completion.ToString());
            latencies.Add(latencyUs);
        }
    }
}
