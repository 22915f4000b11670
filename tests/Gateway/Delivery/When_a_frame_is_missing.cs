using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

public sealed class When_a_frame_is_missing : IAsyncLifetime
{
    private readonly FakeGateway _gateway = new();
    private readonly RecordingSocket _socket;
    private readonly Session _session;

    public When_a_frame_is_missing() => (_session, _socket) = _gateway.Connect();

    private FakeChannel Channel => _gateway.Cluster.Channel("news");

    public async ValueTask InitializeAsync()
    {
        await _gateway.SubscribeAsync(_session, "news");
        Channel.AddAndSend(1);
    }

    [Fact]
    public async Task Should_read_it_before_delivering_more()
    {
        Channel.AddAndLose(2);
        Channel.AddAndSend(1);

        await Eventually.BecomesTrueAsync(() => _socket.Offsets.Count() == 4);
        Assert.Equal([1L, 2, 3, 4], _socket.Offsets);
    }

    [Fact]
    public async Task Should_hold_back_what_comes_while_it_reads()
    {
        var hold = new TaskCompletionSource();
        Channel.RecoveryHold = hold.Task;
        Channel.AddAndLose(1);
        Channel.AddAndSend(1);
        await Eventually.BecomesTrueAsync(() => Channel.Recoveries == 2);

        Channel.AddAndSend(3);
        Assert.Equal([1L], _socket.Offsets);
        hold.SetResult();

        await Eventually.BecomesTrueAsync(() => _socket.Offsets.Count() == 6);
        Assert.Equal([1L, 2, 3, 4, 5, 6], _socket.Offsets);
    }

    [Fact]
    public async Task Should_read_again_after_a_failure()
    {
        Channel.Failure = new TimeoutException();
        Channel.AddAndLose(1);
        Channel.AddAndSend(1);
        await Eventually.BecomesTrueAsync(() => Channel.Failure is null);

        await Eventually.BecomesTrueAsync(() =>
        {
            _gateway.Time.Advance(TimeSpan.FromMilliseconds(100));
            return _socket.Offsets.Count() == 3;
        });
        Assert.Equal([1L, 2, 3], _socket.Offsets);
    }

    [Fact]
    public async Task Should_let_others_be_read_between_two_tries()
    {
        using var gateway = new FakeGateway(new DeliveryOptions { ParallelCallsMax = 1 });
        var (session, socket) = gateway.Connect();
        await gateway.SubscribeAsync(session, "news");
        await gateway.SubscribeAsync(session, "weather");
        var unreadable = gateway.Cluster.Channel("news");
        unreadable.Failure = new TimeoutException();
        unreadable.AddAndLose(1);
        unreadable.AddAndSend(1);
        await Eventually.BecomesTrueAsync(() => unreadable.Failure is null);

        gateway.Cluster.Channel("weather").AddAndLose(1);
        gateway.Cluster.Channel("weather").AddAndSend(1);

        await Eventually.BecomesTrueAsync(() => socket.Offsets.Count() == 2);
        Assert.All(socket.Frames, static frame => Assert.Equal("weather", frame.Channel));
    }

    [Fact]
    public async Task Should_say_lost_where_it_is_gone_and_go_on_behind()
    {
        Channel.AddAndLose(3);
        Channel.ForgottenUpTo = 3;
        Channel.AddAndSend(1);
        await Eventually.BecomesTrueAsync(() => _socket.Messages.OfType<LostMessage>().Any());

        Channel.AddAndSend(1);

        await Eventually.BecomesTrueAsync(() => _socket.Offsets.Count() == 4);
        Assert.Equal(new ChannelLost("news", new Position("e1", 3), 2, 3), Assert.Single(_socket.Messages.OfType<LostMessage>()).Lost);
        Assert.Equal([1L, 4, 5, 6], _socket.Offsets);
        Assert.IsType<LostMessage>(_socket.Messages.ElementAt(1));
    }

    [Fact]
    public async Task Should_say_lost_where_the_numbering_is_another()
    {
        Channel.Move(epoch: "e2");
        Channel.Add(3);
        await _gateway.RenewAsync();
        await Eventually.BecomesTrueAsync(() => _socket.Messages.OfType<LostMessage>().Any());
        Channel.Send();
        Channel.AddAndSend(1);

        await Eventually.BecomesTrueAsync(() => _socket.Offsets.Count() == 5);
        Assert.Equal(new Position("e2", 0), Assert.Single(_socket.Messages.OfType<LostMessage>()).Lost.Position);
        Assert.Equal("e2", _socket.Frames.Last().Epoch);
        Assert.Equal([1L, 1, 2, 3, 4], _socket.Offsets);
    }

    [Fact]
    public async Task Should_go_on_at_the_head_where_the_new_numbering_has_lost_its_beginning()
    {
        Channel.Move(epoch: "e2");
        Channel.Add(3);
        Channel.ForgottenUpTo = 1;
        await _gateway.RenewAsync();
        await Eventually.BecomesTrueAsync(() => _socket.Messages.OfType<LostMessage>().Any());
        Channel.Send();
        Channel.AddAndSend(1);

        await Eventually.BecomesTrueAsync(() => _socket.Offsets.Count() == 2);
        Assert.Equal(new Position("e2", 3), Assert.Single(_socket.Messages.OfType<LostMessage>()).Lost.Position);
        Assert.Equal([1L, 4], _socket.Offsets);
    }

    [Fact]
    public async Task Should_name_all_that_is_lost_where_the_channel_forgets_faster_than_it_is_read()
    {
        Channel.AddAndLose(8);
        Channel.ForgottenUpTo = 5;
        Channel.ForgetsPerReading = 1;
        Channel.AddAndSend(1);

        await Eventually.BecomesTrueAsync(() => _socket.Messages.OfType<LostMessage>().Any());
        var lost = Assert.Single(_socket.Messages.OfType<LostMessage>()).Lost;
        Assert.Equal((2L, 10L, new Position("e1", 10)), (lost.LostFrom, lost.LostTo, lost.Position));
    }

    [Fact]
    public async Task Should_say_nothing_of_a_loss_to_who_has_what_was_lost()
    {
        Channel.AddAndLose(8);
        var (ahead, socket) = _gateway.Connect();
        var answer = await _gateway.Channels.SubscribeAsync(ahead, "news", new AttachRequest(new RecoverRequest { RewindCount = 1 }));
        ahead.Answer(answer: null, isDone: true);
        Channel.ForgottenUpTo = 5;
        Channel.AddAndSend(1);

        await Eventually.BecomesTrueAsync(() => _socket.Messages.OfType<LostMessage>().Any() && socket.Offsets.Any());
        Assert.Equal(9, answer.Value!.Position.Offset);
        Assert.Empty(socket.Messages.OfType<LostMessage>());
        Assert.Equal([10L], socket.Offsets);
        Assert.Equal([1L, 6, 7, 8, 9, 10], _socket.Offsets);
    }

    [Fact]
    public async Task Should_see_it_by_the_lane_that_skips_a_batch()
    {
        var (other, otherSocket) = _gateway.Connect();
        await _gateway.SubscribeAsync(other, "news");
        Channel.AddAndLose(1);
        Channel.SkipBatch();

        Channel.SendRaw(Sample.Frame(0, 1, "weather"));

        await Eventually.BecomesTrueAsync(() => _socket.Offsets.Count() == 2);
        Assert.Equal([2L], otherSocket.Offsets);
    }

    [Fact]
    public async Task Should_see_it_by_the_head_at_the_second_renewal()
    {
        Channel.AddAndLose(1);

        await _gateway.RenewAsync();
        Assert.Equal(1, Channel.Recoveries);
        await _gateway.RenewAsync();

        await Eventually.BecomesTrueAsync(() => _socket.Offsets.Count() == 2);
        Assert.Equal([1L, 2], _socket.Offsets);
    }

    public ValueTask DisposeAsync()
    {
        _gateway.Dispose();
        return ValueTask.CompletedTask;
    }
}
