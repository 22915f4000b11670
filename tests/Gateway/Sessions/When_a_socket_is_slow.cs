using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

public sealed class When_a_socket_is_slow : IDisposable
{
    private readonly FakeGateway _gateway = new(limits: new SessionLimits { OutboxMessagesMax = 4 });
    private readonly Session _session;
    private readonly RecordingSocket _socket;

    public When_a_socket_is_slow()
    {
        (_session, _socket) = _gateway.Connect();
        _socket.Stall();
        _session.Outbox.Deliver(Frame(1));
    }

    [Fact]
    public void Should_write_what_waited_together_once_it_takes_more()
    {
        _session.Outbox.Deliver(Frame(2));
        _session.Outbox.Deliver(Frame(3));
        Assert.Single(_socket.Writes);

        _socket.Resume();

        Assert.Equal(2, _socket.Writes.Count);
        Assert.Equal([1L, 2, 3], _socket.Offsets);
    }

    [Fact]
    public void Should_write_at_once_again_afterwards()
    {
        _session.Outbox.Deliver(Frame(2));
        _socket.Resume();

        _session.Outbox.Deliver(Frame(3));

        Assert.Equal([1L, 2, 3], _socket.Offsets);
    }

    [Fact]
    public void Should_keep_the_newest_per_key_of_a_conflated_channel()
    {
        _session.Outbox.Deliver(new FrameMessage(Sample.Conflated(0, 2, (1, "a"), (2, "b"))));
        _session.Outbox.Deliver(new FrameMessage(Sample.Conflated(2, 3, (3, "a"))));
        _session.Outbox.Deliver(new FrameMessage(Sample.Conflated(3, 5, (5, "a"))));

        _socket.Resume();

        var frame = _socket.Frames.Last();
        Assert.Equal((0L, 5L), (frame.PreviousOffset, frame.HeadOffset));
        Assert.Equal([(2L, "b"), (5L, "a")], frame.Publications.Select(one => (one.Offset, one.Key!)));
    }

    [Fact]
    public void Should_not_grow_by_any_number_of_conflated_frames()
    {
        for (var i = 1; i <= 1000; i++)
            _session.Outbox.Deliver(new FrameMessage(Sample.Conflated(i - 1, i, (i, "a"))));

        _socket.Resume();

        Assert.Equal(2, _socket.Messages.Count());
        Assert.False(_socket.Closed.Task.IsCompleted);
    }

    [Fact]
    public void Should_be_closed_with_a_code_when_its_outbox_is_full()
    {
        for (var i = 2; i <= 6; i++)
            _session.Outbox.Deliver(Frame(i));

        _socket.Resume();

        var closing = Assert.IsType<ClosingMessage>(_socket.Messages.Last()).Closing;
        Assert.Equal(RefusalCode.SlowConsumer, closing.Code);
        Assert.Equal([1L], _socket.Offsets);
        Assert.True(_socket.Closed.Task.IsCompleted);
    }

    [Fact]
    public void Should_be_closed_by_bytes_as_well()
    {
        var big = new FrameMessage(Sample.Frame(0, 1) with { Publications = [Sample.At(1, bytes: 600 * 1024)] });

        _session.Outbox.Deliver(big);
        _session.Outbox.Deliver(big);
        _socket.Resume();

        Assert.IsType<ClosingMessage>(_socket.Messages.Last());
    }

    [Fact]
    public void Should_be_closed_by_bytes_of_a_conflated_frame_that_grows()
    {
        using var gateway = new FakeGateway(limits: new SessionLimits { OutboxBytesMax = 4096 });
        var (session, socket) = gateway.Connect();
        socket.Stall();
        session.Outbox.Deliver(Frame(1));

        for (var i = 1; i <= 100; i++)
            session.Outbox.Deliver(new FrameMessage(Sample.Conflated(i - 1, i, (i, $"key{i}"))));
        socket.Resume();

        Assert.Equal(RefusalCode.SlowConsumer, Assert.IsType<ClosingMessage>(socket.Messages.Last()).Closing.Code);
    }

    [Fact]
    public void Should_be_closed_without_a_goodbye_when_it_never_takes_one()
    {
        for (var i = 2; i <= 6; i++)
            _session.Outbox.Deliver(Frame(i));

        _gateway.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.True(_socket.Closed.Task.IsCompleted);
        Assert.Single(_socket.Messages);
    }

    [Fact]
    public void Should_get_nothing_after_the_goodbye()
    {
        _session.Outbox.Close(new ClosingMessage(new SessionClosing(RefusalCode.NotReady, 0)));
        _session.Outbox.Deliver(Frame(2));
        _socket.Resume();
        _session.Outbox.Deliver(Frame(3));

        Assert.Equal([1L], _socket.Offsets);
        Assert.IsType<ClosingMessage>(_socket.Messages.Last());
    }

    public void Dispose() => _gateway.Dispose();

    private static FrameMessage Frame(long offset) => new(Sample.Frame(offset - 1, offset));
}
