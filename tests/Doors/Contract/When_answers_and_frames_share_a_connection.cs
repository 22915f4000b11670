namespace WhatsSound.Tests.Doors.Contract;

/// <summary>What a connection gets has one order: an answer comes before the first frame above its position, and behind it comes none at or below it.</summary>
public sealed class When_answers_and_frames_share_a_connection : IAsyncLifetime
{
    // What waits for a slow reader must be in the outbox, and more than a kernel holds: 8 MB.
    private const int Flood = 160;
    private const int FloodBytes = 50_000;

    /// <summary>The default of Delivery:HeldBytesMax, and of a channel's HistoryBytesMax.</summary>
    private const int HeldBytesMax = 1024 * 1024;

    /// <summary>How often a race is run; more by hand.</summary>
    private static readonly int Runs = int.Parse(Environment.GetEnvironmentVariable("WHATSSOUND_RUNS") ?? "2", System.Globalization.CultureInfo.InvariantCulture);

    private DoorServer _server = null!;

    public static TheoryData<Door> EveryDoor => Doors.All;

    public async ValueTask InitializeAsync() => _server = await DoorServer.StartAsync("--Sessions:OutboxBytesMax", "33554432", "--Sessions:OutboxMessagesMax", "10000");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_have_no_stale_frame_behind_the_answer_to_a_second_subscribe(Door door)
    {
        for (var run = 0; run < Runs; run++)
            await SubscribeTwiceAsync(door);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_have_no_frame_behind_the_answer_to_unsubscribe(Door door)
    {
        var channel = _server.NewName("flood");
        await using var client = await door.ConnectAsUserAsync(_server);
        await client.DoAsync("Subscribe", new { channel });
        client.StopReading();
        await _server.PublishAsync(channel, Flood, FloodBytes);

        var request = await client.SendAsync("Unsubscribe", new { channel });
        client.GoOnReading();
        await client.AnswerAsync(request);
        var later = await client.DoAsync("Time", new { t1Us = 1 });

        var at = client.Arrivals.FindIndex(arrival => arrival is Arrival.Answer answer && answer.Request == request);
        Assert.Empty(client.Arrivals.Skip(at).TakeWhile(arrival => arrival != later).OfType<Arrival.Frame>());
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_answer_in_the_order_of_the_requests(Door door)
    {
        var channel = _server.NewName("news");
        await using var client = await door.ConnectAsUserAsync(_server);
        var requests = new List<long>();
        for (var i = 0; i < 20; i++)
        {
            requests.Add(await client.SendAsync("Subscribe", new { channel }));
            requests.Add(await client.SendAsync("Publish", new { channel, id = $"{i}", @event = "said", data = i }));
        }

        foreach (var request in requests)
            await client.AnswerAsync(request);

        Assert.Equal(requests, client.Arrivals.OfType<Arrival.Answer>().Select(answer => answer.Request));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_go_on_from_the_positions_of_each_snapshot(Door door)
    {
        var roomId = _server.NewName("room");
        var chat = $"room:{roomId}:chat";
        await using var owner = await door.ConnectAsUserAsync(_server);
        await owner.DoAsync("CreateRoom", new { roomId, commandId = "1", name = "A room" });
        await using var client = await door.ConnectAsUserAsync(_server);
        var isOver = false;
        var talking = TalkAsync();

        var snapshots = new List<Arrival.Answer> { await client.DoAsync("JoinRoom", new { roomId, commandId = "2" }) };
        for (var i = 0; i < 10; i++)
            snapshots.Add(await client.DoAsync("GetSnapshot", new { roomId }));
        Volatile.Write(ref isOver, true);
        await talking;
        var last = await _server.PublishAsync(chat);
        await client.DeliveredAsync(chat, last.Offset);

        long? expected = null;
        foreach (var arrival in client.Arrivals)
        {
            if (arrival is Arrival.Answer answer && snapshots.Contains(answer))
                expected = PositionIn(answer, chat);
            if (arrival is not Arrival.Frame frame || frame.Channel != chat)
                continue;
            Assert.Equal(expected, frame.PreviousOffset);
            expected = frame.HeadOffset;
        }

        Assert.Equal(last.Offset, expected);

        async Task TalkAsync()
        {
            while (!Volatile.Read(ref isOver))
                await _server.PublishAsync(chat);
        }
    }

    private static long PositionIn(Arrival.Answer answer, string channel)
    {
        var snapshot = answer.Result.TryGetProperty("snapshot", out var joined) ? joined : answer.Result;
        return snapshot.GetProperty("positions").GetProperty(channel).GetProperty("offset").GetInt64();
    }

    private async Task SubscribeTwiceAsync(Door door)
    {
        var channel = _server.NewName("flood");
        await using var client = await door.ConnectAsUserAsync(_server);
        await client.DoAsync("Subscribe", new { channel });
        client.StopReading();
        await _server.PublishAsync(channel, Flood, FloodBytes);

        var request = await client.SendAsync("Subscribe", new { channel });
        client.GoOnReading();
        var answer = await client.AnswerAsync(request);
        var last = await _server.PublishAsync(channel);
        await client.DeliveredAsync(channel, last.Offset);

        var arrivals = client.Arrivals;
        var at = arrivals.IndexOf(answer);
        Assert.All(arrivals.Take(at).OfType<Arrival.Frame>(), frame => Assert.True(frame.HeadOffset <= answer.Offset, $"{frame.HeadOffset} came before {answer.Offset}"));
        var behind = arrivals.Skip(at).OfType<Arrival.Frame>().ToList();
        Assert.All(behind, frame => Assert.All(frame.Offsets, offset => Assert.True(offset > answer.Offset, $"{offset} came behind {answer.Offset}")));
        Assert.Equal(last.Offset, arrivals.Skip(at).Aggregate(answer.Offset, After));
    }

    /// <summary>Where a client stands after what arrived: what comes continues what came, or says what it leaves out.</summary>
    private static long After(long position, Arrival arrival)
    {
        switch (arrival)
        {
            case Arrival.Frame frame:
                Assert.Equal(position, frame.PreviousOffset);
                Assert.Equal(Enumerable.Range(1, (int)(frame.HeadOffset - position)).Select(step => position + step), frame.Offsets);
                return frame.HeadOffset;
            case Arrival.Lost { From: { } from, To: { } to }:
                // More came while the answer was under way than is held for one, or could be read again.
                Assert.Equal(position + 1, from);
                Assert.True((to - position) * FloodBytes > HeldBytesMax, $"{from} to {to} were lost");
                return to;
            default:
                return position;
        }
    }
}
