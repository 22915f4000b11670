using Orleans.Streams;
using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Streams;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

/// <summary>A program of another version writes more than this one knows: what this gateway looks for in publications it passes over, and delivers them as any other.</summary>
public sealed class When_a_publication_cannot_be_read : IDisposable
{
    private readonly FakeGateway _gateway = new();
    private readonly Session _session;
    private readonly RecordingSocket _socket;

    public When_a_publication_cannot_be_read() => (_session, _socket) = _gateway.Connect();

    public static TheoryData<string, string, string> Unreadable => new()
    {
        { "room:den", RoomEvents.Sanction, """{"roomId":"den","userId":"ada","kind":"exile","revision":2}""" },
        { "room:den", RoomEvents.Sanction, "[" },
        { "room:den", RoomEvents.Closed, "\"for good\"" },
        { "room:den:chat", RoomEvents.ChatChanged, """{"offset":"last"}""" },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Should_deliver_it_and_what_came_with_it(string channel, string name, string data)
    {
        await AttachAsync(channel, since: null);
        await AttachAsync("news", since: null);

        await _gateway.Lanes.DeliverAsync(new() { LaneId = Guid.NewGuid(), Sequence = 1, Frames = [FrameOf(channel, Made(channel, name, data)), Sample.Frame(0, 1)] });

        Assert.Equal([channel, "news"], _socket.Frames.Select(static frame => frame.Channel));
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Should_read_a_gap_that_holds_it(string channel, string name, string data)
    {
        await AttachAsync(channel, since: null);
        var fake = _gateway.Cluster.Channel(channel);
        fake.AddAndLose(1);
        fake.Add(Made(channel, name, data));
        fake.Send();

        await Eventually.BecomesTrueAsync(() => _socket.Offsets.Count() == 2);
        Assert.Equal([1L, 2], _socket.Offsets);
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Should_answer_who_comes_back_from_before_it(string channel, string name, string data)
    {
        var fake = _gateway.Cluster.Channel(channel);
        fake.Add(Made(channel, name, data));
        await AttachAsync(channel, since: null);

        var recovery = await AttachAsync(channel, since: 0);

        Assert.Equal((Verdict.Recovered, name), (recovery.Verdict, Assert.Single(recovery.Publications).Event));
    }

    [Fact]
    public async Task Should_keep_what_an_observer_fails_at_to_itself()
    {
        var failing = new Observer { Failure = new InvalidOperationException("A bug.") };
        var other = new Observer();
        await _gateway.Lanes.SubscribeAsync(LiveStreams.StreamOf("news"), Guid.NewGuid(), failing);
        await _gateway.Lanes.SubscribeAsync(LiveStreams.StreamOf("weather"), Guid.NewGuid(), other);

        await _gateway.Lanes.DeliverAsync(new() { LaneId = Guid.NewGuid(), Sequence = 1, Frames = [Sample.Frame(0, 1), Sample.Frame(0, 1, "weather")] });

        Assert.Equal((1, 0), (other.Taken, other.Errors.Count));
        Assert.Same(failing.Failure, Assert.Single(failing.Errors));
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<Recovery> AttachAsync(string channel, long? since)
    {
        var from = new RecoverRequest { Since = since is { } offset ? new Position("e1", offset) : null };
        var answer = await _gateway.Channels.AttachAsync(_session, channel, new AttachRequest(from));
        _session.Answer(answer: null, isDone: true);
        return answer.Value!;
    }

    private static ChannelFrame FrameOf(string channel, Publication one) => Sample.Frame(0, 1, channel) with { Publications = [one] };

    private static Publication Made(string channel, string name, string data) => Sample.At(1) with
    {
        Event = name,
        Publisher = channel == "room:den" ? "den" : "ada",
        PublisherKind = channel == "room:den" ? PublisherKind.Room : PublisherKind.User,
        Data = new Payload(System.Text.Encoding.UTF8.GetBytes(data)),
    };

    private sealed class Observer : IAsyncObserver<ChannelFrame>
    {
        public Exception? Failure { get; init; }

        public int Taken { get; private set; }

        public List<Exception> Errors { get; } = [];

        public Task OnNextAsync(ChannelFrame item, StreamSequenceToken? token = null)
        {
            Taken++;
            return Failure is null ? Task.CompletedTask : throw Failure;
        }

        public Task OnErrorAsync(Exception ex)
        {
            Errors.Add(ex);
            return Task.CompletedTask;
        }

        public Task OnCompletedAsync() => Task.CompletedTask;
    }
}
