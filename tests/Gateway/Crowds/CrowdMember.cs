using System.Diagnostics;
using System.Text.Json;
using WhatsSound.Tests.Gateway.Crash;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Crowds;

/// <summary>
/// A member of a room on a socket of their own, who remembers what they were told of the others, and takes a snapshot where something was lost. Whatever is refused
/// for now is asked for again.
/// </summary>
internal sealed class CrowdMember(string roomId, string userId) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private readonly List<Told> _told = [];
    private readonly List<IReadOnlyList<string>> _snapshots = [];
    private HubClient? _client;
    private Task _listening = Task.CompletedTask;
    private int _commands;

    public string RoomId => roomId;

    public string UserId => userId;

    /// <summary>How many requests were refused for now, and made again.</summary>
    public int AskedAgain { get; private set; }

    /// <summary>When the last answer to a join or leave came.</summary>
    public long AnsweredTicks { get; private set; }

    /// <summary>All that was told, in order.</summary>
    public IReadOnlyList<Told> Heard
    {
        get
        {
            lock (_gate)
                return [.. _told];
        }
    }

    /// <summary>Who was in the snapshots that were taken since this was asked last.</summary>
    public IReadOnlyList<IReadOnlyList<string>> TakeSnapshots()
    {
        lock (_gate)
        {
            IReadOnlyList<string>[] taken = [.. _snapshots];
            _snapshots.Clear();
            return taken;
        }
    }

    /// <summary>Forgets what was told so far.</summary>
    public void Forget()
    {
        lock (_gate)
            _told.Clear();
    }

    /// <summary>Connects, and joins.</summary>
    public async Task ConnectAsync(ServerProcess server)
    {
        if (_client is not null)
            await _client.DisposeAsync();
        await _listening;
        _client = await HubClient.ConnectAsync(server.Address, await server.TokenAsync(userId));
        await JoinAsync();
        _listening = ListenAsync(_client);
    }

    public async Task JoinAsync()
    {
        Note((await AskAsync("JoinRoom", new { roomId, commandId = NextId() })).GetProperty("snapshot"));
        AnsweredTicks = Stopwatch.GetTimestamp();
    }

    public async Task LeaveAsync()
    {
        await AskAsync("LeaveRoom", new { roomId, commandId = NextId() });
        AnsweredTicks = Stopwatch.GetTimestamp();
    }

    public async Task ReadAsync() => Note(await AskAsync("GetSnapshot", new { roomId }));

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
            await _client.DisposeAsync();
        await _listening;
    }

    private string NextId() => $"{userId}-{Interlocked.Increment(ref _commands)}";

    private async Task<JsonElement> AskAsync(string method, object request)
    {
        using var pause = new PeriodicTimer(Pause);
        while (true)
        {
            var answer = await _client!.CallAsync(method, request);
            if (answer.GetProperty("ok").GetBoolean())
                return answer.GetProperty("result");
            Assert.True(answer.GetProperty("error").GetProperty("retryable").GetBoolean(), $"{method} of {userId}: {answer}");
            AskedAgain++;
            await pause.WaitForNextTickAsync();
        }
    }

    private void Note(JsonElement snapshot)
    {
        string[] userIds = [.. snapshot.GetProperty("presence").GetProperty("members").EnumerateArray().Select(static member => member.GetProperty("userId").GetString()!)];
        lock (_gate)
            _snapshots.Add(userIds);
    }

    private async Task ListenAsync(HubClient client)
    {
        try
        {
            while (true)
                await TakeAsync(await client.AnyEventAsync());
        }
        catch (InvalidOperationException)
        {
            // The connection has ended.
        }
    }

    private async Task TakeAsync((string Name, JsonElement Content) said)
    {
        if (said.Name == "closing" || said.Content.GetProperty("channel").GetString() != $"room:{roomId}")
            return;
        if (said.Name == "lost")
        {
            await ReadAsync();
            return;
        }

        var atTicks = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            foreach (var publication in said.Content.GetProperty("publications").EnumerateArray().Where(static one => one.GetProperty("event").GetString() == "presence"))
            {
                var data = publication.GetProperty("data");
                _told.AddRange(data.GetProperty("left").EnumerateArray().Select(left => new Told(left.GetString()!, IsJoin: false, atTicks)));
                _told.AddRange(data.GetProperty("joined").EnumerateArray().Select(joined => new Told(joined.GetProperty("userId").GetString()!, IsJoin: true, atTicks)));
            }
        }
    }
}
