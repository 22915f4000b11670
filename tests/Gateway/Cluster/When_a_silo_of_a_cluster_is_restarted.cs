using System.Text.Json;
using WhatsSound.Tests.Gateway.Sockets;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Gateway.Cluster;

/// <summary>
/// Two processes, PostgreSQL between them; one is told to stop, as in a rolling deployment. People are connected to the other one, and publish all the time to
/// channels of both: nothing is lost, doubled or called lost, and nobody is told as gone.
/// </summary>
public sealed class When_a_silo_of_a_cluster_is_restarted
{
    // Which silo has which channel is a matter of hashes and ports: that the one that stops has none of twelve happens once in 4,096 runs.
    private const int ChannelsCount = 12;

    // One speaker is a crowd here.
    private static readonly string[] Crowd = ["--Channels:Rules:0:Pattern", "news:*", "--Channels:Rules:0:PublicationsPerSecondMax", "10000"];

    [Fact]
    public async Task Should_deliver_every_acknowledged_publication_once_and_call_none_lost()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM.");
        await using var cluster = new ClusterProcesses();
        var connectionString = await PostgresServer.Shared.CreateDatabaseAsync();
        var staying = await cluster.StartAsync(connectionString, Crowd);
        var stopping = await cluster.StartAsync(connectionString, Crowd);
        await using var listener = await HubClient.ConnectAsync(staying.Address, await staying.TokenAsync("listener"));
        await using var speaker = await HubClient.ConnectAsync(staying.Address, await staying.TokenAsync("speaker"));
        await listener.ResultInTheEndAsync("CreateRoom", new { roomId = "jazz", commandId = "create", name = "Jazz" });
        await listener.ResultInTheEndAsync("JoinRoom", new { roomId = "jazz", commandId = "join" });
        await speaker.ResultInTheEndAsync("JoinRoom", new { roomId = "jazz", commandId = "join" });
        for (var number = 0; number < ChannelsCount; number++)
            await listener.ResultAsync("Subscribe", new { channel = $"news:{number}" });

        var talks = Enumerable.Range(0, ChannelsCount).Select(number => new Talk(speaker, $"news:{number}")).ToList();
        using var isStopped = new CancellationTokenSource();
        var talking = Task.WhenAll(talks.Select(talk => talk.RunAsync(isStopped.Token)));
        await Task.WhenAll(talks.Select(talk => talk.UntilAsync(50)));
        Assert.Equal(0, await stopping.StopAsync());
        await Task.WhenAll(talks.Select(talk => talk.UntilAsync(talk.Acknowledged.Count + 50)));
        await isStopped.CancelAsync();
        await talking;

        await speaker.ResultAsync("SendChat", new { roomId = "jazz", commandId = "end", text = "the end" });
        var events = await EventsAsync(listener, talks);
        Assert.Equal("", string.Join('\n', events.Where(said => said.Name == "lost").Select(said => said.Content)));
        foreach (var talk in talks)
            AssertWhole(talk, events);
        Assert.DoesNotContain(events, said => said.Name == "frame" && IsPresence(said.Content));
        TestContext.Current.TestOutputHelper!.WriteLine($"{talks.Sum(talk => talk.Acknowledged.Count)} acknowledged, {talks.Sum(talk => talk.Retries)} retries.");
    }

    [Fact]
    public async Task Should_let_sessions_of_the_process_that_stops_go_on_at_the_other()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM.");
        await using var cluster = new ClusterProcesses();
        var connectionString = await PostgresServer.Shared.CreateDatabaseAsync();
        var staying = await cluster.StartAsync(connectionString, Crowd);
        var stopping = await cluster.StartAsync(connectionString, Crowd);
        await using var owner = await HubClient.ConnectAsync(staying.Address, await staying.TokenAsync("owner"));
        await owner.ResultInTheEndAsync("CreateRoom", new { roomId = "jazz", commandId = "create", name = "Jazz" });
        await owner.ResultInTheEndAsync("JoinRoom", new { roomId = "jazz", commandId = "join" });
        await using var first = await HubClient.ConnectAsync(stopping.Address, await stopping.TokenAsync("ada"));
        var positions = (await first.ResultInTheEndAsync("JoinRoom", new { roomId = "jazz", commandId = "join" })).GetProperty("snapshot").GetProperty("positions");
        var session = await first.ResultAsync("Resume", new { });

        var stop = stopping.StopAsync();
        var closing = await first.EventAsync("closing");
        await first.Ended;
        Assert.Equal(0, await stop);
        await owner.ResultAsync("SendChat", new { roomId = "jazz", commandId = "said", text = "missed" });
        // An answer goes as far as the gateway has come.
        await owner.PublicationsAsync("room:jazz:chat", 1);
        await using var second = await HubClient.ConnectAsync(staying.Address, await staying.TokenAsync("ada"));
        var resumed = await second.ResultAsync("Resume", new { sessionId = session.GetProperty("sessionId"), key = session.GetProperty("key"), positions });

        Assert.Equal("NOT_READY", closing.GetProperty("code").GetString());
        Assert.Equal(["jazz"], resumed.GetProperty("rooms").EnumerateArray().Select(static room => room.GetString()));
        Assert.Empty(resumed.GetProperty("refused").EnumerateArray());
        Assert.Equal(["recovered", "recovered", "recovered", "recovered"], resumed.GetProperty("channels").EnumerateArray().Select(static channel => channel.GetProperty("verdict").GetString()));
        var chat = resumed.GetProperty("channels").EnumerateArray().Single(static channel => channel.GetProperty("channel").GetString() == "room:jazz:chat");
        Assert.Equal("missed", Assert.Single(chat.GetProperty("publications").EnumerateArray()).GetProperty("data").GetProperty("text").GetString());
        await second.ResultAsync("SendChat", new { roomId = "jazz", commandId = "back", text = "back" });
    }

    /// <summary>All that the listener is told until it has the last publication of every channel, and the chat message after them.</summary>
    private static async Task<List<(string Name, JsonElement Content)>> EventsAsync(HubClient listener, List<Talk> talks)
    {
        var missing = talks.ToDictionary(talk => talk.Channel, talk => talk.Acknowledged[^1].Offset);
        missing.Add("room:jazz:chat", 1);
        var events = new List<(string Name, JsonElement Content)>();
        while (missing.Count > 0)
        {
            var said = await listener.AnyEventAsync();
            events.Add(said);
            if (said.Name == "frame" && missing.TryGetValue(ChannelOf(said.Content), out var last) && OffsetsOf(said.Content).Max() >= last)
                missing.Remove(ChannelOf(said.Content));
        }

        return events;
    }

    private static void AssertWhole(Talk talk, List<(string Name, JsonElement Content)> events)
    {
        Assert.Equal(Enumerable.Range(1, talk.Acknowledged.Count).Select(offset => (long)offset), talk.Acknowledged.Select(answer => answer.Offset));
        Assert.Single(talk.Acknowledged.Select(answer => answer.Epoch).Distinct());
        var seen = events.Where(said => said.Name == "frame" && ChannelOf(said.Content) == talk.Channel).SelectMany(said => OffsetsOf(said.Content));
        Assert.Equal(talk.Acknowledged.Select(answer => answer.Offset), seen);
    }

    private static bool IsPresence(JsonElement frame) =>
        ChannelOf(frame) == "room:jazz"
        && frame.GetProperty("publications").EnumerateArray().Any(publication =>
            publication.GetProperty("event").GetString() == "presence"
            && (publication.GetProperty("data").TryGetProperty("left", out var left) && left.GetArrayLength() > 0));

    private static string ChannelOf(JsonElement frame) => frame.GetProperty("channel").GetString()!;

    private static IEnumerable<long> OffsetsOf(JsonElement frame) =>
        frame.GetProperty("publications").EnumerateArray().Select(publication => publication.GetProperty("offset").GetInt64());
}
