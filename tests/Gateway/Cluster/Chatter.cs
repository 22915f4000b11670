using System.Diagnostics;
using System.Text.Json;
using WhatsSound.Tests.Gateway.Crash;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Cluster;

/// <summary>A member of a room, with a connection of their own, who says a line several times a second, each again under its id until it is acknowledged.</summary>
internal sealed class Chatter(HubClient client, string roomId, string userId) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private readonly List<long> _acknowledged = [];

    public string RoomId => roomId;

    /// <summary>The offsets of this member's lines, in order.</summary>
    public IReadOnlyList<long> Acknowledged
    {
        get
        {
            lock (_acknowledged)
                return [.. _acknowledged];
        }
    }

    /// <summary>The longest that a line took to be acknowledged.</summary>
    public TimeSpan LongestSilence { get; private set; }

    /// <summary>How often something had to be said again.</summary>
    public int Retries { get; private set; }

    public static async Task<Chatter> JoinAsync(ServerProcess server, string roomId, string userId)
    {
        var client = await HubClient.ConnectAsync(server.Address, await server.TokenAsync(userId));
        await client.ResultInTheEndAsync("JoinRoom", new { roomId, commandId = "join" });
        return new Chatter(client, roomId, userId);
    }

    /// <summary>Talks until it is stopped. A refusal that is final ends the test.</summary>
    public async Task TalkAsync(CancellationToken stopping)
    {
        try
        {
            using var pause = new PeriodicTimer(Pause);
            for (var number = 1; !stopping.IsCancellationRequested; number++)
            {
                Take(await SayAsync($"{userId} {number}", pause));
                await pause.WaitForNextTickAsync(CancellationToken.None);
            }
        }
        catch (Exception exception)
        {
            _failed.TrySetException(exception);
            throw;
        }
    }

    /// <summary>Done when that many more lines are acknowledged.</summary>
    public async Task UntilMoreAsync(int count)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_acknowledged)
            _waiting.Add((_acknowledged.Count + count, reached));
        await await Task.WhenAny(reached.Task, _failed.Task);
    }

    /// <summary>All that the member is told until a line of the room's chat.</summary>
    public async Task<List<(string Name, JsonElement Content)>> EventsAsync(long lastOffset)
    {
        var events = new List<(string Name, JsonElement Content)>();
        do
            events.Add(await client.AnyEventAsync());
        while (!LinesIn(events[^1..]).Any(line => line.Offset >= lastOffset));
        return events;
    }

    /// <summary>The lines of the room's chat among events.</summary>
    public IEnumerable<(long Offset, string Text)> LinesIn(IEnumerable<(string Name, JsonElement Content)> events) =>
        FramesIn(events, $"room:{roomId}:chat")
            .SelectMany(frame => frame.GetProperty("publications").EnumerateArray())
            .Select(line => (line.GetProperty("offset").GetInt64(), line.GetProperty("data").GetProperty("text").GetString()!));

    /// <summary>Who is told as come or gone among events, in order.</summary>
    public IEnumerable<string> PresenceIn(IEnumerable<(string Name, JsonElement Content)> events) =>
        from frame in FramesIn(events, $"room:{roomId}")
        from change in frame.GetProperty("publications").EnumerateArray()
        where change.GetProperty("event").GetString() == "presence"
        let data = change.GetProperty("data")
        from told in data.GetProperty("joined").EnumerateArray().Select(member => $"joined {member.GetProperty("userId")}")
            .Concat(data.GetProperty("left").EnumerateArray().Select(left => $"left {left}"))
        select told;

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private static IEnumerable<JsonElement> FramesIn(IEnumerable<(string Name, JsonElement Content)> events, string channel) =>
        events.Where(said => said.Name == "frame" && said.Content.GetProperty("channel").GetString() == channel).Select(said => said.Content);

    private async Task<long> SayAsync(string text, PeriodicTimer pause)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await client.CallAsync("SendChat", new { roomId, commandId = text, text });
            if (answer.GetProperty("ok").GetBoolean())
            {
                var silence = Stopwatch.GetElapsedTime(since);
                LongestSilence = silence > LongestSilence ? silence : LongestSilence;
                return answer.GetProperty("result").GetProperty("position").GetProperty("offset").GetInt64();
            }

            Assert.True(answer.GetProperty("error").GetProperty("retryable").GetBoolean(), $"{userId} in {roomId}: {answer}");
            Retries++;
            await pause.WaitForNextTickAsync();
        }
    }

    private void Take(long offset)
    {
        lock (_acknowledged)
        {
            _acknowledged.Add(offset);
            foreach (var waiting in _waiting.Where(waiting => waiting.Count <= _acknowledged.Count).ToList())
            {
                _waiting.Remove(waiting);
                waiting.Reached.SetResult();
            }
        }
    }
}
