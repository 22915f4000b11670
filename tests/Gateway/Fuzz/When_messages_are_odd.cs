using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Logging;
using WhatsSound.Tests.Gateway.Sockets;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Gateway.Fuzz;

/// <summary>
/// Thousands of messages that no client sends: nothing fails in the server, no connection hangs, and somebody who minds their own business notices nothing.
/// <c>WHATSSOUND_FUZZ_SEED</c> repeats a run, <c>WHATSSOUND_FUZZ_TIMES</c> makes it longer.
/// </summary>
public sealed class When_messages_are_odd
{
    private const int MutatedCount = 1_000;
    private const int OddCount = 400;
    private const int BetweenChecks = 25;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    // What protects the server from its users would hide most of what is sent.
    private static readonly string[] NoLimits =
    [
        "--Sessions:CommandsPerSecondMax", "1000000", "--Sessions:CommandBurstMax", "1000000", "--Sessions:RefusalsInRowMax", "100000000",
        "--Sessions:SnapshotsPerSecondMax", "1000000", "--Sessions:SnapshotBurstMax", "1000000", "--Users:ConnectionsMax", "10000",
        "--Sessions:NewChannelsPerMinuteMax", "1000000", "--Sessions:NewChannelBurstMax", "1000000", "--Sessions:AnswerBytesBurstMax", "1073741824",
    ];

    private readonly int _seed = FromEnvironment("WHATSSOUND_FUZZ_SEED") ?? Random.Shared.Next();
    private readonly int _times = FromEnvironment("WHATSSOUND_FUZZ_TIMES") ?? 1;

    [Fact]
    public async Task Should_answer_or_end_each_on_SQLite() => await RunAsync();

    [Fact]
    public async Task Should_answer_or_end_each_on_PostgreSQL()
    {
        var database = await PostgresServer.Shared.CreateDatabaseAsync();
        await RunAsync("--Storage:Provider", "postgresql", "--Storage:ConnectionString", database);
        await PostgresServer.Shared.DropDatabaseAsync(database);
    }

    [Fact]
    public async Task Should_answer_or_end_each_that_is_packed()
    {
        await using var server = await RunningServer.StartAsync(NoLimits);
        await using var bystander = await server.ConnectAsync("bystander");
        var roomId = await server.CreateRoomAsync(bystander);
        await bystander.ResultAsync("JoinRoom", new { roomId, commandId = "join" });
        await bystander.ResultAsync("Subscribe", new { channel = "quiet" });
        var messages = new OddMessages(_seed, roomId, "odd:channel");

        var ended = await SendPackedAsync(server, messages.MutatedPacked, MutatedCount * _times) + await SendPackedAsync(server, messages.OddPacked, OddCount * _times);

        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {_seed}; {ended} connections ended.");
        await AssertUnharmedAsync(server, bystander);
    }

    /// <summary>As <see cref="SendAsync"/>, in the MessagePack hub protocol.</summary>
    private async Task<int> SendPackedAsync(RunningServer server, Func<byte[]> next, int count)
    {
        var ended = 0;
        var sent = new List<string>();
        var client = await PackedSocket.ConnectAsync(server.Address, server.TokenOf("fuzzer"));
        for (var i = 1; i <= count; i++)
        {
            if (client.Ended.IsCompleted)
            {
                ended++;
                await client.DisposeAsync();
                client = await PackedSocket.ConnectAsync(server.Address, server.TokenOf("fuzzer"));
            }

            var bytes = next();
            sent.Add(Convert.ToHexString(bytes));
            await TrySendAsync(client, bytes);
            if (!PackedSocket.IsWhole(bytes))
            {
                // It waits for the rest, of which there is none, and would take it from what comes next.
                await client.DisposeAsync();
                sent.Clear();
                continue;
            }

            if (i % BetweenChecks != 0)
                continue;
            await TrySendAsync(client, PackedSocket.RecordOf(PackedSocket.CallOf($"check-{i}", "Time", """{"t1Us":7}""")));
            try
            {
                await client.IsAnsweredAsync($"check-{i}").WaitAsync(Soon);
            }
            catch (TimeoutException)
            {
                Assert.Fail($"Seed {_seed}: the connection neither answers nor ends ({client.Ended.Status}) after:\n{string.Join('\n', sent)}");
            }

            sent.Clear();
        }

        await client.DisposeAsync();
        return ended;
    }

    private static async Task TrySendAsync(PackedSocket client, byte[] bytes)
    {
        try
        {
            await client.SendAsync(bytes);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // It has ended meanwhile, and the next message opens another.
        }
    }

    private async Task AssertUnharmedAsync(RunningServer server, HubClient bystander)
    {
        await bystander.ResultAsync("Publish", new { channel = "quiet", id = "1", @event = "said", data = "still here" });
        Assert.Equal(1, (await bystander.FrameAsync("quiet").WaitAsync(Soon)).GetProperty("headOffset").GetInt64());
        Assert.False(bystander.Ended.IsCompleted, $"Seed {_seed}: the bystander's connection ended.");
        var faults = server.Log.Lines.Where(line => line.Level >= LogLevel.Error).Select(line => line.Text).ToList();
        Assert.True(faults.Count == 0, $"Seed {_seed}: {string.Join('\n', faults)}");
    }

    private async Task RunAsync(params string[] arguments)
    {
        await using var server = await RunningServer.StartAsync([.. NoLimits, .. arguments]);
        await using var bystander = await server.ConnectAsync("bystander");
        var roomId = await server.CreateRoomAsync(bystander);
        await bystander.ResultAsync("JoinRoom", new { roomId, commandId = "join" });
        await bystander.ResultAsync("Subscribe", new { channel = "quiet" });
        var messages = new OddMessages(_seed, roomId, "odd:channel");
        var said = TestContext.Current.TestOutputHelper!;
        said.WriteLine($"Seed {_seed}.");

        var ended = await SendAsync(server, messages.Mutated, MutatedCount * _times) + await SendAsync(server, messages.Odd, OddCount * _times);

        said.WriteLine($"{MutatedCount * _times} mutated messages, {OddCount * _times} with odd values; {ended} connections ended.");
        await AssertUnharmedAsync(server, bystander);
    }

    /// <summary>Sends them over one connection after another, each used until it ends; answers how many ended.</summary>
    private async Task<int> SendAsync(RunningServer server, Func<byte[]> next, int count)
    {
        var ended = 0;
        var sent = new List<string>();
        var client = await server.ConnectRawAsync("fuzzer");
        for (var i = 1; i <= count; i++)
        {
            if (client.Ended.IsCompleted)
            {
                ended++;
                await client.DisposeAsync();
                client = await server.ConnectRawAsync("fuzzer");
            }

            var message = next();
            sent.Add(Encoding.UTF8.GetString(message));
            await TrySendAsync(client, message);
            if (i % BetweenChecks != 0)
                continue;
            await AssertNotWedgedAsync(client, sent);
            sent.Clear();
        }

        await client.DisposeAsync();
        return ended;
    }

    private static async Task TrySendAsync(RawHubClient client, byte[] bytes)
    {
        try
        {
            await client.SendBytesAsync(bytes);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            // It has ended meanwhile, and the next message opens another.
        }
    }

    /// <summary>A connection answers, or it has ended. It never just sits there.</summary>
    private async Task AssertNotWedgedAsync(RawHubClient client, List<string> sent)
    {
        try
        {
            // A record that was cut short may have swallowed the beginning of this one: an end comes with each message, so it has not.
            Assert.Equal(7, (await client.ResultAsync("Time", new { t1Us = 7 }).WaitAsync(Soon)).GetProperty("t1Us").GetInt64());
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Seed {_seed}: the connection neither answers nor ends ({client.Ended.Status}) after:\n{string.Join('\n', sent)}");
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or OperationCanceledException or InvalidOperationException)
        {
            await client.Ended.WaitAsync(Soon);
        }
    }

    private static int? FromEnvironment(string name) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
