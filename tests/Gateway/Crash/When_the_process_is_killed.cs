using System.Text.Json;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Crash;

/// <summary>kill -9 in the middle of traffic, then a new start on the same file: what was acknowledged is there, and nothing is there twice.</summary>
public sealed class When_the_process_is_killed : IAsyncLifetime
{
    private const string RoomId = "crash";
    private const int MembersCount = 4;

    // Enough that all kinds are under way, and below what one recovery can return.
    private const int AcknowledgedBeforeTheKill = 300;

    // Limits that protect the server from its users would only slow the test down.
    private static readonly string[] Arguments =
    [
        "--Rooms:ChatBurstMax", "1000000", "--Rooms:ChatPerSecond", "1000000",
        "--Sessions:CommandsPerSecondMax", "1000000", "--Sessions:CommandBurstMax", "1000000", "--Sessions:RefusalsInRowMax", "100000000",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssound-crash-");
    private readonly Member[] _members = [.. Enumerable.Range(1, MembersCount).Select(number => new Member(RoomId, $"user{number}"))];
    private ServerProcess? _server;

    private IEnumerable<Command> All(string method) => _members.SelectMany(member => member.Commands).Where(command => command.Method == method);

    [Fact]
    public async Task INV_R2_Should_have_everything_that_was_acknowledged_once()
    {
        await RunTrafficUntilKilledAsync();
        var acknowledged = _members.SelectMany(member => member.Commands).Where(command => command.Receipt is not null).ToList();

        _server = await ServerProcess.StartAsync(_folder.FullName, Arguments);
        foreach (var member in _members)
            await member.JoinAsync(_server);
        await AssertChatAsync(acknowledged, isComplete: false);
        await AssertSongsAsync(acknowledged, isComplete: false);

        // What was under way is asked again, under the same ids: now it counts, and still only once.
        foreach (var member in _members)
            await member.RepeatAsync();
        var all = _members.SelectMany(member => member.Commands).ToList();
        await AssertChatAsync(all, isComplete: true);
        await AssertSongsAsync(all, isComplete: true);
        foreach (var member in _members)
            await AssertVotesAsync(member);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
            await member.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task RunTrafficUntilKilledAsync()
    {
        _server = await ServerProcess.StartAsync(_folder.FullName, Arguments);
        await using (var owner = await HubClient.ConnectAsync(_server.Address, await _server.TokenAsync("owner")))
            await owner.ResultAsync("CreateRoom", new { roomId = RoomId, commandId = "create", name = "Crash" });

        var count = 0;
        var isEnough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var traffic = new List<Task>();
        for (var index = 0; index < MembersCount; index++)
        {
            _members[index].VotesFor = _members[(index + 1) % MembersCount];
            await _members[index].JoinAsync(_server);
        }

        foreach (var member in _members)
        {
            traffic.Add(member.GoOnAsync(() =>
            {
                if (Interlocked.Increment(ref count) == AcknowledgedBeforeTheKill)
                    isEnough.SetResult();
            }));
        }

        var all = Task.WhenAll(traffic);
        await Task.WhenAny(isEnough.Task, all);
        await _server.KillAsync();
        await all;
        Assert.NotEmpty(All("Vote"));
    }

    /// <summary>Each message of the commands once, at the place that its receipt says; and nothing that nobody said.</summary>
    private async Task AssertChatAsync(List<Command> commands, bool isComplete)
    {
        var messages = commands.Where(command => command.Method == "SendChat").ToList();
        var epoch = messages[0].Receipt!.Value.GetProperty("position").GetProperty("epoch").GetString();
        var channel = $"room:{RoomId}:chat";
        // An answer goes as far as the gateway has come, which may be behind what was acknowledged.
        var last = messages.Max(message => OffsetOf(message.Receipt!.Value.GetProperty("position")));
        var recovery = await Eventually.UntilAsync(
            () => _members[0].ResultAsync("Subscribe", new { channel, since = new { epoch, offset = 0 } }),
            recovery => OffsetOf(recovery.GetProperty("position")) >= last);
        Assert.Equal("recovered", recovery.GetProperty("verdict").GetString());

        var publications = recovery.GetProperty("publications").EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, publications.Count).Select(offset => (long)offset), publications.Select(OffsetOf));
        var placeOf = publications.ToDictionary(TextOf, OffsetOf);
        Assert.All(messages, message => Assert.Equal(OffsetOf(message.Receipt!.Value.GetProperty("position")), placeOf[message.Id]));
        var asked = All("SendChat").Select(message => message.Id).ToHashSet();
        Assert.All(placeOf.Keys, text => Assert.Contains(text, asked));
        if (isComplete)
            Assert.Equal(messages.Count, publications.Count);
    }

    /// <summary>Each song of the commands once, under the id that its receipt says; and nothing that nobody added.</summary>
    private async Task AssertSongsAsync(List<Command> commands, bool isComplete)
    {
        var queue = (await _members[0].ResultAsync("GetSnapshot", new { roomId = RoomId })).GetProperty("queue");
        var entries = queue.GetProperty("window").EnumerateArray().Append(queue.GetProperty("current")).ToList();
        var idOf = entries.ToDictionary(entry => entry.GetProperty("track").GetProperty("title").GetString()!, entry => entry.GetProperty("entryId").GetString());
        var songs = commands.Where(command => command.Method == "Enqueue").ToList();
        Assert.All(songs, song => Assert.Equal(song.Receipt!.Value.GetProperty("entryIds")[0].GetString(), idOf[song.Id]));
        var asked = All("Enqueue").Select(song => song.Id).ToHashSet();
        Assert.All(idOf.Keys, title => Assert.Contains(title, asked));
        if (isComplete)
            Assert.Equal(songs.Count, entries.Count);
    }

    /// <summary>A member's last vote on each song stands.</summary>
    private static async Task AssertVotesAsync(Member member)
    {
        var expected = new Dictionary<string, int>();
        foreach (var vote in member.Commands.Where(command => command.Method == "Vote"))
        {
            var request = JsonSerializer.SerializeToElement(vote.Request);
            expected[request.GetProperty("entryId").GetString()!] = request.GetProperty("value").GetInt32();
        }

        var snapshot = await member.ResultAsync("GetSnapshot", new { roomId = RoomId });
        var votes = snapshot.GetProperty("myVotes").EnumerateObject().ToDictionary(vote => vote.Name, vote => vote.Value.GetInt32());
        Assert.All(expected, vote => Assert.Equal(vote.Value, votes.GetValueOrDefault(vote.Key)));
        // A member's own songs have that member's vote by themselves.
        var own = member.Commands.Where(command => command.Method == "Enqueue").Select(song => song.Receipt!.Value.GetProperty("entryIds")[0].GetString());
        Assert.All(votes.Keys.Except(expected.Keys), entryId => Assert.Contains(entryId, own));
    }

    private static long OffsetOf(JsonElement position) => position.GetProperty("offset").GetInt64();

    private static string TextOf(JsonElement publication) => publication.GetProperty("data").GetProperty("text").GetString()!;
}
