namespace WhatsSound.Tests.Doors.Contract;

/// <summary>What a connection gets has one order: an answer comes before the first frame above its position, and behind it comes none at or below it.</summary>
public sealed class When_answers_and_frames_share_a_connection : IAsyncLifetime
{
    // What waits for a slow reader must be in the outbox, and more than a kernel holds: 8 MB.
    private const int Flood = 160;
    private const int FloodBytes = 50_000;

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
        Assert.Equal(answer.Offset, behind[0].PreviousOffset);
        Assert.Equal(Enumerable.Range(1, (int)(last.Offset - answer.Offset)).Select(step => answer.Offset + step), behind.SelectMany(frame => frame.Offsets));
    }
}
