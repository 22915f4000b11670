using System.Text.Json;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Crash;

/// <summary>
/// A member who talks, adds songs and votes as fast as answers come, until the server is gone; and who remembers what was asked and what was
/// acknowledged.
/// </summary>
internal sealed class Member(string roomId, string userId) : IAsyncDisposable
{
    // Below the quota of one user, so that no song is refused.
    private const int SongsMax = 8;

    private readonly List<Command> _commands = [];
    private HubClient? _client;
    private int _made;

    public string UserId => userId;

    /// <summary>The entries of this member that were acknowledged so far.</summary>
    public IReadOnlyList<string> Songs { get; private set; } = [];

    /// <summary>Whose songs this member votes on.</summary>
    public Member? VotesFor { get; set; }

    /// <summary>All that was asked, in order of asking within each kind.</summary>
    public IReadOnlyList<Command> Commands
    {
        get
        {
            lock (_commands)
                return [.. _commands];
        }
    }

    public async Task<JsonElement> JoinAsync(ServerProcess server)
    {
        _client = await HubClient.ConnectAsync(server.Address, await server.TokenAsync(userId));
        return (await _client.ResultAsync("JoinRoom", new { roomId, commandId = NextId("join") })).GetProperty("snapshot");
    }

    public Task<JsonElement> ResultAsync(string method, object request) => _client!.ResultAsync(method, request);

    /// <summary>Talks, adds and votes at once. Ends when the connection does; <paramref name="acknowledged"/> is told of each acknowledgement.</summary>
    public Task GoOnAsync(Action acknowledged) => Task.WhenAll(TalkAsync(acknowledged), PlayAsync(acknowledged));

    /// <summary>Asks again, under the same ids, for what was not acknowledged.</summary>
    public async Task RepeatAsync()
    {
        foreach (var command in Commands.Where(command => command.Receipt is null))
            await SendAsync(command);
    }

    public ValueTask DisposeAsync() => _client?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task TalkAsync(Action acknowledged)
    {
        while (true)
        {
            if (!await TryAsync(Chat(), acknowledged))
                return;
        }
    }

    private async Task PlayAsync(Action acknowledged)
    {
        var songs = new List<string>();
        for (var round = 0; ; round++)
        {
            var id = NextId("song");
            var isSong = songs.Count < SongsMax;
            var command = isSong ? Song(id) : VotesFor!.Songs.Count < 2 ? Chat() : Vote(round);
            if (!await TryAsync(command, acknowledged))
                return;
            if (isSong)
                songs.Add(command.Receipt!.Value.GetProperty("entryIds")[0].GetString()!);
            Songs = [.. songs];
        }
    }

    private Command Chat()
    {
        var id = NextId("chat");
        return new Command("SendChat", id, new { roomId, commandId = id, text = id });
    }

    private Command Song(string id)
    {
        object track = new { url = $"https://example.org/{id}.mp3", title = id, durationMs = 3_600_000 };
        return new Command("Enqueue", id, new { roomId, commandId = id, tracks = new[] { track } });
    }

    private Command Vote(int round)
    {
        var id = NextId("vote");
        var songs = VotesFor!.Songs;
        // Not their first song, which may be the one that plays.
        var entryId = songs[1 + (round % (songs.Count - 1))];
        return new Command("Vote", id, new { roomId, commandId = id, entryId, value = (round / 7 % 3) - 1 });
    }

    private async Task<bool> TryAsync(Command command, Action acknowledged)
    {
        lock (_commands)
            _commands.Add(command);
        try
        {
            await SendAsync(command);
            acknowledged();
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.Net.WebSockets.WebSocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private async Task SendAsync(Command command) => command.Receipt = await _client!.ResultAsync(command.Method, command.Request);

    private string NextId(string kind) => $"{userId}-{kind}-{Interlocked.Increment(ref _made)}";
}
