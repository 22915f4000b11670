using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>A bug in what makes bytes of a message costs its connection, which comes back: it is not left without a word, and nobody who delivers notices.</summary>
public sealed class When_a_message_cannot_be_written : IDisposable
{
    private readonly FakeGateway _gateway = new();
    private readonly Session _session;
    private readonly RecordingSocket _socket;

    public When_a_message_cannot_be_written()
    {
        (_session, _socket) = _gateway.Connect();
        _socket.Writing = static message => _ = message is FrameMessage { Frame.HeadOffset: 2 } ? throw new InvalidOperationException("A bug.") : 0;
    }

    [Fact]
    public void Should_cut_the_connection_where_it_goes_out_at_once()
    {
        _session.Outbox.Deliver(Frame(1));

        _session.Outbox.Deliver(Frame(2));

        AssertCut();
    }

    [Fact]
    public void Should_cut_the_connection_where_it_has_waited()
    {
        _socket.Stall();
        _session.Outbox.Deliver(Frame(1));
        _session.Outbox.Deliver(Frame(2));

        _socket.Resume();

        AssertCut();
    }

    [Fact]
    public void Should_cut_the_connection_where_it_is_the_goodbye()
    {
        _socket.Writing = static message => _ = message is ClosingMessage ? throw new InvalidOperationException("A bug.") : 0;

        _session.Outbox.Close(new ClosingMessage(new SessionClosing("SERVER_STOPPING", 1)));

        AssertCut();
    }

    public void Dispose() => _gateway.Dispose();

    private void AssertCut()
    {
        Assert.True(_socket.Closed.Task.IsCompleted);
        var written = _socket.Writes.Count;
        _session.Outbox.Deliver(Frame(3));
        Assert.Equal(written, _socket.Writes.Count);
    }

    private static FrameMessage Frame(long offset) => new(Sample.Frame(offset - 1, offset));
}
