using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>A request has one answer. What fails behind it, such as a frame that cannot be written, is no reason for another.</summary>
public sealed class When_an_answer_is_out_and_something_fails : IDisposable
{
    private readonly FakeGateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Should_answer_once_and_cut_the_connection()
    {
        var socket = new FramelessSocket();
        var session = new Session("c1", "test", isTls: false, socket, _gateway.OutboxPolicy);
        var channel = _gateway.Cluster.Channel("news");
        channel.AddAndSend(1);
        var request = new TypedRequest<string, Done>(
            "Test", CallKind.Anonymous, static _ => "", refuse: null, (call, _) => AttachAndMissAsync(call, channel), GatewayJson.Default.Done);

        await _gateway.Calls.RunAsync(session, "1", request, "news");

        Assert.True(Assert.Single(socket.Answers).Reply.Refusal is null);
        Assert.True(socket.IsCut);
        await _gateway.Calls.RunAsync(session, "2", request, "news");
        Assert.Single(socket.Answers);
    }

    private static async Task<Answer<Done>> AttachAndMissAsync(Call call, FakeChannel channel)
    {
        await call.Services.Channels.AttachAsync(call.Session, "news", new AttachRequest(new RecoverRequest()));
        // It is held until the answer is out, and goes behind it.
        channel.AddAndSend(1);
        return Done.Value;
    }

    /// <summary>A socket that has a bug.</summary>
    private sealed class FramelessSocket : ISessionSocket
    {
        private readonly RecordingSocket _inner = new();

        public IEnumerable<AnswerMessage> Answers => _inner.Messages.OfType<AnswerMessage>();

        public bool IsCut { get; private set; }

        public IWireFormat Format => _inner.Format;

        public TimeSpan Silence => TimeSpan.Zero;

        public ValueTask WriteAsync(ReadOnlySpan<OutgoingMessage> messages) =>
            messages[0] is FrameMessage ? throw new InvalidOperationException("A bug.") : _inner.WriteAsync(messages);

        public void Close() => _inner.Close();

        public void Cut() => IsCut = true;
    }
}
