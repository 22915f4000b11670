using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Fuzz;

/// <summary>
/// Whatever one client may publish, or say of itself, each other client can read: SignalR's own, in both hub protocols. <c>WHATSSOUND_FUZZ_SEED</c> repeats a run.
/// </summary>
public sealed class When_anything_is_published
{
    private const int Count = 300;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    // Such as a program makes that minds nothing: each on its own, in a list, and under odd names.
    private static readonly string[] Names = ["\"\"", "\"a\"", "\"__proto__\"", "\"\\u005f_proto__\"", "\"constructor\"", "\"data\"", "\"encoding\"", "\"\\u0000\"", "\"🎵\""];

    private readonly int _seed = Environment.GetEnvironmentVariable("WHATSSOUND_FUZZ_SEED") is { } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : System.Random.Shared.Next();

    [Fact]
    public async Task Should_be_read_by_clients_of_every_format()
    {
        await using var server = await RunningServer.StartAsync(
            "--Sessions:CommandsPerSecondMax", "1000000", "--Sessions:CommandBurstMax", "1000000", "--Sessions:SnapshotBurstMax", "1000000",
            "--Channels:Rules:0:Pattern", "odd:*", "--Channels:Rules:0:PublicationsPerSecondMax", "10000");
        await using var publisher = await server.ConnectRawAsync();
        var roomId = await server.CreateRoomAsync(publisher);
        var (channel, odd, random) = ("odd:values", new OddMessages(_seed, roomId, "odd:values"), new Random(_seed));
        await using var packed = await Reader<Dictionary<string, object>>.ConnectAsync(
            server,
            builder => builder.AddMessagePackProtocol(),
            static frame => new((string)frame["channel"], Convert.ToInt64(frame["previousOffset"], CultureInfo.InvariantCulture), Convert.ToInt64(frame["headOffset"], CultureInfo.InvariantCulture)));
        await using var plain = await Reader<JsonElement>.ConnectAsync(
            server,
            static builder => builder,
            static frame => new(frame.GetProperty("channel").GetString()!, frame.GetProperty("previousOffset").GetInt64(), frame.GetProperty("headOffset").GetInt64()));
        foreach (var reader in (IReader[])[packed, plain])
            await reader.BeginAsync(channel, roomId);

        var accepted = 0;
        for (var i = 0; i < Count; i++)
        {
            var (data, more) = (Named(odd.OddValue(), random), Named(odd.OddValue(), random));
            var answer = await publisher.CallRawAsync("Publish", $$"""[{"channel":"{{channel}}","id":"{{i}}","data":{{data}},"extras":{"a":{{more}} } }]""");
            accepted += HubAnswers.CodeOf(answer).Length == 0 ? 1 : 0;
            if (i % 10 == 0)
                await publisher.CallRawAsync("JoinRoom", $$"""[{"roomId":"{{roomId}}","commandId":"{{i}}","info":{{more}}}]""");
        }

        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {_seed}: {accepted} of {Count} were accepted.");
        Assert.InRange(accepted, Count / 4, Count - 1);
        await publisher.ResultAsync("LeaveRoom", new { roomId, commandId = "leave" });
        var last = (await publisher.ResultAsync("JoinRoom", new { roomId, commandId = "last" })).GetProperty("snapshot").GetProperty("positions").GetProperty($"room:{roomId}").GetProperty("offset").GetInt64();
        foreach (var reader in (IReader[])[packed, plain])
        {
            await reader.ReadAsync(channel, accepted).WaitAsync(Soon);
            await reader.ReadAsync($"room:{roomId}", last).WaitAsync(Soon);
        }
    }

    private static string Named(string value, Random random) => random.Next(3) switch
    {
        0 => value,
        1 => $"[{value}]",
        _ => $"{{{Names[random.Next(Names.Length)]}:{value},{Names[random.Next(Names.Length)]}:1}}",
    };

    private readonly record struct Span(string Channel, long After, long UpTo);

    private interface IReader
    {
        Task BeginAsync(string channel, string roomId);

        /// <summary>Done when everything of the channel was read up to the offset; fails where a frame could not be.</summary>
        Task ReadAsync(string channel, long upTo);
    }

    private sealed class Reader<TFrame>(HubConnection connection, Func<TFrame, Span> spanOf) : IReader, IAsyncDisposable
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<string, long> _read = new(StringComparer.Ordinal);
        private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public static async Task<Reader<TFrame>> ConnectAsync(RunningServer server, Func<IHubConnectionBuilder, IHubConnectionBuilder> speak, Func<TFrame, Span> spanOf)
        {
            var token = server.TokenOf(server.NewName("user"));
            var connection = speak(new HubConnectionBuilder().WithUrl(new Uri(server.Address, "/hub"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(token))).Build();
            var reader = new Reader<TFrame>(connection, spanOf);
            connection.On<TFrame>("frame", reader.Add);
            connection.Closed += reader.OnClosedAsync;
            await connection.StartAsync();
            return reader;
        }

        public async Task BeginAsync(string channel, string roomId)
        {
            await connection.InvokeAsync<object>("Subscribe", new Dictionary<string, object> { ["channel"] = channel });
            await connection.InvokeAsync<object>("JoinRoom", new Dictionary<string, object> { ["roomId"] = roomId, ["commandId"] = "1" });
        }

        public async Task ReadAsync(string channel, long upTo)
        {
            while (true)
            {
                Task more;
                lock (_gate)
                {
                    if (_read.GetValueOrDefault(channel) >= upTo)
                        return;
                    more = _more.Task;
                }

                await more;
            }
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();

        private void Add(TFrame frame)
        {
            var span = spanOf(frame);
            lock (_gate)
            {
                if (_read.TryGetValue(span.Channel, out var upTo) && upTo != span.After)
                    Fail($"Nothing was read of {span.Channel} from {upTo} to {span.After}.", null);
                _read[span.Channel] = span.UpTo;
                if (_more.TrySetResult())
                    _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        private Task OnClosedAsync(Exception? exception)
        {
            lock (_gate)
                Fail("The connection has ended.", exception);
            return Task.CompletedTask;
        }

        private void Fail(string why, Exception? exception) => _more.TrySetException(new InvalidOperationException(why, exception));
    }
}
