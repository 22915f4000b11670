using Npgsql;
using WhatsSound.Tests.Gateway.Crash;
using WhatsSound.Tests.Gateway.Sockets;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Gateway.Cluster;

/// <summary>
/// Two silos and a gateway of its own, PostgreSQL between them. One silo hangs: its sockets stay open and answer nothing. People talk in rooms on both, through
/// the gateway, which reaches the cluster through both silos, and through the silo that goes on.
/// </summary>
public sealed class When_a_silo_of_a_cluster_hangs
{
    // Which silo has which room is a matter of hashes and ports: that the one that hangs has none of twelve happens once in 4,096 runs.
    private const int RoomsCount = 12;

    // One speaker is a crowd here.
    private static readonly string[] Settings = ["--Rooms:ChatBurstMax", "1000000", "--Rooms:ChatPerSecond", "1000000"];

    // Three missed probes of up to 1.5 s, 4.5 s in which nothing was heard, and the gateway asks for silos every 5 s; then a request that had been sent before waits for its
    // 5 s, and is made again.
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(20);

    // Its processes ask for the table every few seconds, and it stops its grains in good order; a busy machine makes minutes of it.
    private static readonly TimeSpan Death = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task Should_go_on_with_every_room_and_tell_nobody_as_gone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGSTOP.");
        await using var cluster = new ClusterProcesses();
        var connectionString = await PostgresServer.Shared.CreateDatabaseAsync();
        var hanging = await cluster.StartAsync(connectionString, [.. Settings, $"--Cluster:GatewayPort={FreePort.Of()}"]);
        var staying = await cluster.StartAsync(connectionString, [.. Settings, $"--Cluster:GatewayPort={FreePort.Of()}"]);
        var gateway = await cluster.StartGatewayAsync(connectionString);
        var chatters = new List<Chatter>();
        for (var room = 0; room < RoomsCount; room++)
        {
            var roomId = $"room-{room}";
            await using (var owner = await HubClient.ConnectAsync(staying.Address, await staying.TokenAsync("owner")))
                await owner.ResultInTheEndAsync("CreateRoom", new { roomId, commandId = "create", name = "A room" });
            chatters.Add(await Chatter.JoinAsync(staying, roomId, $"near-{room}"));
            chatters.Add(await Chatter.JoinAsync(gateway, roomId, $"far-{room}"));
        }

        // What a channel knows of its members is kept seconds later: who came in between would be told of again.
        await Eventually.BecomesTrueAsync(() => Enumerable.Range(0, RoomsCount).All(room => AreKept(connectionString, room)));

        using var isStopped = new CancellationTokenSource();
        var talking = Task.WhenAll(chatters.Select(chatter => chatter.TalkAsync(isStopped.Token)));
        await UntilMoreAsync(chatters, 5);
        await hanging.FreezeAsync();
        await UntilMoreAsync(chatters, 30);
        await hanging.ThawAsync();
        await EndsAsync(hanging);
        await UntilMoreAsync(chatters, 10);
        await isStopped.CancelAsync();
        await talking;

        var slowest = chatters.MaxBy(chatter => chatter.LongestSilence)!;
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{chatters.Sum(chatter => chatter.Acknowledged.Count)} lines, {chatters.Sum(chatter => chatter.Retries)} retries; silent for {slowest.LongestSilence.TotalSeconds:F1} s at most.");
        foreach (var room in chatters.GroupBy(chatter => chatter.RoomId))
            await AssertWholeAsync([.. room]);
        Assert.True(slowest.LongestSilence < Promise, $"{slowest.RoomId} was silent for {slowest.LongestSilence}.");
        foreach (var chatter in chatters)
            await chatter.DisposeAsync();
    }

    /// <summary>It finds that it was declared dead, and ends: by its next look at the table of members.</summary>
    private static async Task EndsAsync(ServerProcess thawed)
    {
        try
        {
            await thawed.Ended.WaitAsync(Death);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Process {thawed.Id}, the silo that hung, still runs {Death} after it was let go on.");
        }
    }

    private static bool AreKept(string connectionString, int room)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand(
            "SELECT COUNT(*) FROM OrleansStorage WHERE GrainTypeString LIKE '%channel-members%'"
            + " AND convert_from(PayloadBinary, 'UTF8') LIKE '%\"near-' || $1 || '\"%' AND convert_from(PayloadBinary, 'UTF8') LIKE '%\"far-' || $1 || '\"%'",
            connection) { Parameters = { new() { Value = $"{room}" } } };
        return (long)command.ExecuteScalar()! == 1;
    }

    private static Task UntilMoreAsync(List<Chatter> chatters, int count) => Task.WhenAll(chatters.Select(chatter => chatter.UntilMoreAsync(count)));

    /// <summary>Everybody in the room has every line once, in order, and was told of nobody as gone, or as come twice in one numbering.</summary>
    private static async Task AssertWholeAsync(List<Chatter> room)
    {
        var acknowledged = room.SelectMany(chatter => chatter.Acknowledged).Order().ToList();
        Assert.Equal(Enumerable.Range(1, acknowledged.Count).Select(offset => (long)offset), acknowledged);
        foreach (var chatter in room)
        {
            var events = await chatter.EventsAsync(acknowledged[^1]);
            var lines = chatter.LinesIn(events).ToList();
            Assert.Equal(acknowledged, lines.Select(line => line.Offset));
            Assert.Equal(lines.Count, lines.Select(line => line.Text).Distinct().Count());
            var told = chatter.PresenceIn(events).ToList();
            Assert.True(
                told.Distinct().Count() == told.Count && !told.Exists(static one => one.StartsWith("left", StringComparison.Ordinal)),
                $"{chatter.RoomId}: {string.Join(", ", told)}");
        }
    }
}
