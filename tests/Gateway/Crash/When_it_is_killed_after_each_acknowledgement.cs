using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using WhatsSound.Tests.Gateway.Sockets;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Gateway.Crash;

/// <summary>
/// A server that is killed as soon as it has acknowledged a publication of a channel of which everything is kept, again and again, on one database. <c>WHATSSOUND_KILLS</c> is how often; a kill costs a start, so here it
/// is a few times.
/// </summary>
public sealed class When_it_is_killed_after_each_acknowledgement : IAsyncLifetime
{
    private const string Channel = "kept:deeds";
    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("WHATSSOUND_KILLS") ?? "3", CultureInfo.InvariantCulture);

    private static readonly string[] Settings = ["--Channels:Rules:0:Pattern=kept:*", "--Channels:Rules:0:PersistAll=1.00:00:00"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssound-kills-");
    private readonly Dictionary<string, long> _acknowledged = new(StringComparer.Ordinal);
    private readonly List<string> _underWay = [];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public Task Should_have_each_once_on_SQLite() => RunAsync([]);

    [Fact]
    public async Task Should_have_each_once_on_PostgreSQL()
    {
        var connectionString = await PostgresServer.Shared.CreateDatabaseAsync();

        // The same address, so that it is known at once that the one before is dead.
        await RunAsync(
        [
            "--Storage:Provider", "postgresql", "--Storage:ConnectionString", connectionString, "--Cluster:AdvertisedAddress", "127.0.0.1",
            "--Cluster:SiloPort", $"{FreePort.Of()}",
        ]);
    }

    private async Task RunAsync(string[] storage)
    {
        for (var life = 0; life < Kills; life++)
            await LiveAndDieAsync(life, [.. Settings, .. storage]);

        await using var server = await ServerProcess.StartAsync(_folder.FullName, [.. Settings, .. storage]);
        await using var client = await HubClient.ConnectAsync(server.Address, await server.TokenAsync("ada"));
        await RepeatAsync(client);
        await AssertEachOnceAsync(client);
        TestContext.Current.TestOutputHelper!.WriteLine($"{Kills} kills, {_acknowledged.Count} publications acknowledged, each there once.");
    }

    private async Task LiveAndDieAsync(int life, string[] arguments)
    {
        await using var server = await ServerProcess.StartAsync(_folder.FullName, arguments);
        await using var client = await HubClient.ConnectAsync(server.Address, await server.TokenAsync("ada"));
        await RepeatAsync(client);
        await PublishAsync(client, $"{life}");

        // Others are under way as it dies.
        string[] more = [$"{life}-a", $"{life}-b"];
        var publishing = more.Select(id => client.CallAsync("Publish", Request(id))).ToList();
        await server.KillAsync();
        foreach (var (id, answer) in more.Zip(publishing))
        {
            if (await AnsweredAsync(answer) is { } position)
                _acknowledged.Add(id, position);
            else
                _underWay.Add(id);
        }
    }

    /// <summary>What was under way is asked again, and with it what was acknowledged last, which is answered as it was.</summary>
    private async Task RepeatAsync(HubClient client)
    {
        if (_acknowledged.Count > 0)
        {
            var (id, offset) = _acknowledged.Last();
            Assert.Equal(offset, OffsetOf(await client.ResultInTheEndAsync("Publish", Request(id))));
        }

        foreach (var id in _underWay)
            await PublishAsync(client, id);
        _underWay.Clear();
    }

    private async Task PublishAsync(HubClient client, string id) => _acknowledged.Add(id, OffsetOf(await client.ResultInTheEndAsync("Publish", Request(id))));

    private async Task AssertEachOnceAsync(HubClient client)
    {
        var found = new List<(string Id, long Offset)>();
        for (long? after = 0; after is not null;)
        {
            var page = await client.ResultInTheEndAsync("GetHistory", new { channel = Channel, after, direction = "forward", max = 1_000 });
            found.AddRange(page.GetProperty("publications").EnumerateArray().Select(static publication =>
                (publication.GetProperty("data").GetString()!, publication.GetProperty("offset").GetInt64())));
            after = page.GetProperty("next") is { ValueKind: JsonValueKind.Number } next ? next.GetInt64() : null;
        }

        Assert.Equal(_acknowledged.Select(static pair => (pair.Key, pair.Value)).OrderBy(static pair => pair.Value), found);
    }

    private static object Request(string id) => new { channel = Channel, id, @event = "done", data = id };

    private static long OffsetOf(JsonElement result) => result.GetProperty("position").GetProperty("offset").GetInt64();

    /// <summary>Where it stands, if the answer came before the server died.</summary>
    private static async Task<long?> AnsweredAsync(Task<JsonElement> answer)
    {
        try
        {
            var given = await answer;
            return given.GetProperty("ok").GetBoolean() ? OffsetOf(given.GetProperty("result")) : null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or WebSocketException or ObjectDisposedException)
        {
            return null;
        }
    }
}
