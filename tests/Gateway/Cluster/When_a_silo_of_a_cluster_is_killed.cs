using System.Diagnostics;
using System.Text.Json;
using WhatsSound.Tests.Gateway.Sockets;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Gateway.Cluster;

/// <summary>Two processes, PostgreSQL between them: the deployment that the silo's membership settings are made for.</summary>
public sealed class When_a_silo_of_a_cluster_is_killed
{
    private const int RoomsCount = 12;

    // The promise is that a room goes on within this time.
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Should_go_on_with_every_room_on_the_other_silo()
    {
        await using var cluster = new ClusterProcesses();
        var connectionString = await PostgresServer.Shared.CreateDatabaseAsync();
        var first = await cluster.StartAsync(connectionString);
        var second = await cluster.StartAsync(connectionString);
        await using var listener = await HubClient.ConnectAsync(second.Address, await second.TokenAsync("listener"));
        await using (var owner = await HubClient.ConnectAsync(first.Address, await first.TokenAsync("owner")))
        {
            for (var room = 0; room < RoomsCount; room++)
            {
                await owner.ResultInTheEndAsync("CreateRoom", new { roomId = $"room-{room}", commandId = "create", name = "A room" });
                await listener.ResultInTheEndAsync("JoinRoom", new { roomId = $"room-{room}", commandId = "join" });
                await listener.ResultInTheEndAsync("SendChat", new { roomId = $"room-{room}", commandId = "before", text = "before" });
            }
        }

        var sinceKill = Stopwatch.StartNew();
        await first.KillAsync();
        await Task.WhenAll(Enumerable.Range(0, RoomsCount).Select(room => GoOnAsync(listener, $"room-{room}", sinceKill)));
        TestContext.Current.TestOutputHelper!.WriteLine($"All rooms went on {sinceKill.Elapsed.TotalSeconds:F1} s after the kill.");
    }

    [Fact]
    public async Task Should_say_that_channels_are_lost_of_which_nothing_is_kept_and_go_on_with_them()
    {
        const int channelsCount = 12;
        await using var cluster = new ClusterProcesses();
        var connectionString = await PostgresServer.Shared.CreateDatabaseAsync();
        var first = await cluster.StartAsync(connectionString);
        var second = await cluster.StartAsync(connectionString);
        await using var listener = await HubClient.ConnectAsync(second.Address, await second.TokenAsync("listener"));
        var epochs = new Dictionary<string, string>();
        foreach (var channel in Enumerable.Range(0, channelsCount).Select(number => $"news:{number}"))
        {
            await listener.ResultAsync("Subscribe", new { channel });
            epochs.Add(channel, EpochOf(await listener.ResultAsync("Publish", new { channel, id = "before", @event = "said", data = 1 })));
        }

        var sinceKill = Stopwatch.StartNew();
        await first.KillAsync();
        var after = await Task.WhenAll(epochs.Keys.Select(async channel =>
            (Channel: channel, Epoch: EpochOf(await AskAsync(listener, "Publish", new { channel, id = "after", @event = "said", data = 2 }, sinceKill)))));

        // Which silo had which channel is a matter of hashes and ports: all on the second happens once in 4,096 runs.
        HashSet<string> expected = [.. after.Where(answer => answer.Epoch != epochs[answer.Channel]).Select(answer => answer.Channel)];
        Assert.NotEmpty(expected);
        HashSet<string> lost = [];
        HashSet<string> delivered = [];
        while (delivered.Count < channelsCount)
        {
            var (name, content) = await listener.AnyEventAsync();
            if (name == "lost")
                Assert.True(lost.Add(content.GetProperty("channel").GetString()!));
            else if (name == "frame" && content.GetProperty("publications").EnumerateArray().Any(publication => publication.GetProperty("id").GetString() == "after"))
                Assert.True(delivered.Add(content.GetProperty("channel").GetString()!));
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), lost.Order(StringComparer.Ordinal));
    }

    private static string EpochOf(JsonElement published) => published.GetProperty("position").GetProperty("epoch").GetString()!;

    private static async Task GoOnAsync(HubClient listener, string roomId, Stopwatch sinceKill)
    {
        await AskAsync(listener, "SendChat", new { roomId, commandId = "after", text = "after" }, sinceKill);
        var snapshot = await AskAsync(listener, "GetSnapshot", new { roomId }, sinceKill);
        var texts = snapshot.GetProperty("chat").EnumerateArray().Select(publication => publication.GetProperty("data").GetProperty("text").GetString());
        Assert.Equal(["before", "after"], texts);
    }

    /// <summary>Asks until it is done, as a client does: under the same id, so that it is done once.</summary>
    private static async Task<JsonElement> AskAsync(HubClient listener, string method, object request, Stopwatch sinceKill)
    {
        JsonElement answer;
        do
        {
            answer = await listener.CallAsync(method, request);
            Assert.True(sinceKill.Elapsed < Promise, $"{method} {sinceKill.Elapsed} after the kill: {answer}");
        }
        while (!answer.GetProperty("ok").GetBoolean());

        return answer.GetProperty("result");
    }
}
