using Microsoft.Extensions.Logging.Abstractions;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

/// <summary>The test holds the feed's lock, so that slices are taken when it says so.</summary>
public sealed class When_a_channel_has_many_sessions : IDisposable
{
    private const int Many = (3 * FeedSessions.SliceMax) + 5;

    private readonly FakeGateway _gateway = new();
    private readonly Lock _gate = new();
    private readonly FeedSessions _sessions;
    private readonly ChannelFeed _feed;
    private long _head;

    public When_a_channel_has_many_sessions()
    {
        _sessions = new FeedSessions(_gate, NullLogger.Instance);
        _feed = _gateway.Feeds.FeedOf("news");
    }

    [Fact]
    public void Should_deliver_to_a_slice_at_once_and_to_the_others_later()
    {
        using var held = _gate.EnterScope();
        var sockets = Attach(Many).ConvertAll(one => one.Socket);

        Publish();

        Assert.Equal(FeedSessions.SliceMax, sockets.Count(socket => socket.Offsets.Any()));
        TakeSlices();
        Assert.All(sockets, socket => Assert.Equal([1L], socket.Offsets));
    }

    [Fact]
    public void Should_finish_a_message_before_the_next()
    {
        using var held = _gate.EnterScope();
        var sockets = Attach(Many).ConvertAll(one => one.Socket);

        Publish();
        Publish();
        Publish();

        Assert.All(sockets, socket => Assert.True(socket.Offsets.Count() <= 1));
        TakeSlices();
        Assert.All(sockets, socket => Assert.Equal([1L, 2, 3], socket.Offsets));
    }

    [Fact]
    public void Should_not_let_messages_pile_up()
    {
        using var held = _gate.EnterScope();
        var sockets = Attach(Many).ConvertAll(one => one.Socket);

        for (var i = 0; i <= FeedSessions.UndeliveredMax; i++)
            Publish();

        Assert.All(sockets, socket => Assert.True(socket.Offsets.Count() >= FeedSessions.UndeliveredMax));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Should_miss_and_repeat_nothing_while_sessions_come_and_go(int seed)
    {
        using var held = _gate.EnterScope();
        var random = new Random(seed);
        var attached = Attach(Many);
        for (var i = 0; i < 2000; i++)
        {
            switch (random.Next(5))
            {
                case 0:
                    Publish();
                    break;
                case 1 when attached.Count > 0:
                    var leaving = attached[random.Next(attached.Count)];
                    _sessions.Remove(leaving.Attachment);
                    attached.Remove(leaving);
                    break;
                case 2:
                    attached.AddRange(Attach(1));
                    break;
                default:
                    TakeSlice();
                    break;
            }
        }

        TakeSlices();
        Assert.All(attached, one => Assert.Equal(Enumerable.Range((int)one.Since + 1, (int)(_head - one.Since)).Select(offset => (long)offset), one.Socket.Offsets));
    }

    public void Dispose() => _gateway.Dispose();

    private List<(ChannelAttachment Attachment, RecordingSocket Socket, long Since)> Attach(int count)
    {
        var attached = new List<(ChannelAttachment, RecordingSocket, long)>();
        for (var i = 0; i < count; i++)
        {
            var (session, socket) = _gateway.Connect();
            var attachment = new ChannelAttachment(session, _feed) { HasUpTo = _head };
            _sessions.Add(attachment);
            attached.Add((attachment, socket, _head));
        }

        return attached;
    }

    private void Publish() => _sessions.Deliver(new FrameMessage(Sample.Frame(_head, ++_head)));

    private void TakeSlice() => ((IThreadPoolWorkItem)_sessions).Execute();

    private void TakeSlices()
    {
        for (var i = 0; i < FeedSessions.UndeliveredMax * (Many + 100); i++)
            TakeSlice();
    }
}
