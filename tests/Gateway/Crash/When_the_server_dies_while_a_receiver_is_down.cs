using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WhatsSound.Tests.Gateway.Doubles;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Crash;

/// <summary>
/// A receiver of webhooks takes nothing, its server is killed with -9 in the middle of traffic and started again, and then the receiver is back: it has every event of what was acknowledged, once or more, in order for each channel, and with
/// signatures that are right. In full, by <c>WHATSSOUND_HOOKS=full</c>, the receiver is down for two minutes, with the settings of a server that was told nothing else; otherwise as long as it takes.
/// </summary>
public sealed class When_the_server_dies_while_a_receiver_is_down : IAsyncLifetime
{
    private const int ChannelsCount = 6;
    private const int KillsCount = 2;

    private static readonly bool IsFull = string.Equals(Environment.GetEnvironmentVariable("WHATSSOUND_HOOKS"), "full", StringComparison.Ordinal);
    private static readonly TimeSpan DownFor = IsFull ? TimeSpan.FromMinutes(2) : TimeSpan.Zero;
    private static readonly int PublishedBeforeEachKill = IsFull ? 2_000 : 120;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssound-hooks-");
    private readonly Dictionary<(string Channel, string Epoch), HashSet<long>> _acknowledged = [];
    private HookReceiver _receiver = null!;
    private ServerProcess? _server;

    [Fact]
    public async Task Should_have_every_event_once_or_more_in_order_and_signed()
    {
        _receiver.Fault = static context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        };
        var down = Task.Delay(DownFor, TimeProvider.System, TestContext.Current.CancellationToken);
        for (var kill = 1; kill <= KillsCount; kill++)
            await PublishUntilKilledAsync(kill);
        await StartAsync();
        await Eventually.BecomesTrueAsync(() => _receiver.Requests > 0);
        await down;
        Assert.Empty(_receiver.Events);

        _receiver.Fault = null;
        await Eventually.BecomesTrueAsync(() => Task.FromResult(MissingCount() == 0));

        Assert.Equal(0, _receiver.Forged);
        var told = _receiver.Events.Where(static one => one.GetProperty("event").GetString() == "publication").ToList();
        foreach (var channel in told.GroupBy(static one => (one.GetProperty("channel").GetString()!, one.GetProperty("epoch").GetString()!)))
        {
            var first = channel.Select(OffsetOf).Distinct().ToList();
            Assert.Equal(first.Order(), first);
        }

        // What was told twice is the same: the id says so.
        Assert.All(told.GroupBy(static one => one.GetProperty("id").GetString()), static same => Assert.Single(same.Select(static one => one.GetRawText()).Distinct()));
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"acknowledged {_acknowledged.Values.Sum(static offsets => offsets.Count)} in {_acknowledged.Count} numberings, told {told.Count}, of which {told.Count - told.DistinctBy(static one => one.GetProperty("id").GetString()).Count()} again, " +
            $"in {_receiver.Requests} requests; {_receiver.Events.Count - told.Count} other events");
    }

    public async ValueTask InitializeAsync() => _receiver = await HookReceiver.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        await _receiver.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task StartAsync() => _server = await ServerProcess.StartAsync(
        _folder.FullName,
        [
            .. _receiver.SettingsOf("main", 0, ["Published", "Occupied", "Vacated"], "hooked:*"),
            "--Channels:Rules:0:Pattern=hooked:kept:*", "--Channels:Rules:0:PersistAll=1.00:00:00", "--Channels:Rules:0:PublicationsPerSecondMax=10000",
            "--Channels:Rules:1:Pattern=hooked:*", "--Channels:Rules:1:PublicationsPerSecondMax=10000",
            "--Sessions:CommandsPerSecondMax", "1000000", "--Sessions:CommandBurstMax", "1000000",
            .. IsFull ? Array.Empty<string>() : ["--Hooks:RetryDelay=00:00:00.100", "--Hooks:RetryDelayMax=00:00:00.500", "--Hooks:PatrolInterval=00:00:01"],
        ]);

    private async Task PublishUntilKilledAsync(int kill)
    {
        await StartAsync();
        var count = 0;
        var isEnough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var publishers = Enumerable.Range(1, ChannelsCount).Select(number => PublishAsync(NameOf(number), $"{kill}", () =>
        {
            if (Interlocked.Increment(ref count) == PublishedBeforeEachKill)
                isEnough.SetResult();
        })).ToList();
        await Task.WhenAny(isEnough.Task, Task.WhenAll(publishers));
        await _server!.KillAsync();
        await Task.WhenAll(publishers);
        Assert.True(count >= PublishedBeforeEachKill, $"Only {count} publications were acknowledged.");
        await _server.DisposeAsync();
    }

    private async Task PublishAsync(string channel, string run, Action acknowledged)
    {
        await using var client = await HubClient.ConnectAsync(_server!.Address, await _server.TokenAsync(channel.Replace(':', '-')));
        for (var number = 1; ; number++)
        {
            JsonElement position;
            try
            {
                position = (await client.ResultAsync("Publish", new { channel, id = $"{run}-{number}", @event = "said", data = number })).GetProperty("position");
            }
            catch (InvalidOperationException)
            {
                // Killed: nobody was answered.
                return;
            }

            lock (_acknowledged)
            {
                var key = (channel, position.GetProperty("epoch").GetString()!);
                if (!_acknowledged.TryGetValue(key, out var offsets))
                    _acknowledged.Add(key, offsets = []);
                offsets.Add(position.GetProperty("offset").GetInt64());
            }

            acknowledged();
        }
    }

    private int MissingCount()
    {
        var told = _receiver.Events.Where(static one => one.GetProperty("event").GetString() == "publication")
            .Select(static one => (one.GetProperty("channel").GetString()!, one.GetProperty("epoch").GetString()!, OffsetOf(one))).ToHashSet();
        return _acknowledged.Sum(channel => channel.Value.Count(offset => !told.Contains((channel.Key.Channel, channel.Key.Epoch, offset))));
    }

    /// <summary>Half of them are kept.</summary>
    private static string NameOf(int number) => number % 2 == 0 ? $"hooked:kept:{number}" : $"hooked:{number}";

    private static long OffsetOf(JsonElement told) => told.GetProperty("publication").GetProperty("offset").GetInt64();
}
