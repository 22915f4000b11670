using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Publications;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

/// <summary>All connections of that user get it, in order, and nobody else does; what is for all is the same message for all.</summary>
public sealed class When_something_is_for_one_user_alone : IDisposable
{
    private readonly FakeGateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Should_reach_each_connection_of_the_user_before_what_is_for_all()
    {
        var first = await FollowAsync("ada");
        var second = await FollowAsync("ada");
        var other = await FollowAsync("bob");

        Send(0, 3, Own(1, "ada"), Own(2, "cid"), Sample.At(3, "queue"));

        Assert.Equal(["1 of ada", "3"], Seen(first));
        Assert.Equal(["1 of ada", "3"], Seen(second));
        Assert.Equal(["3"], Seen(other));
        Assert.Equal([(0, 1), (0, 3)], first.Frames.Select(static frame => (frame.PreviousOffset, frame.HeadOffset)));
    }

    [Fact]
    public async Task Should_leave_what_is_for_all_one_message_for_all()
    {
        var ada = await FollowAsync("ada");
        var bob = await FollowAsync("bob");
        var cid = await FollowAsync("cid");

        Send(0, 3, Own(1, "ada"), Own(2, "cid"), Sample.At(3, "queue"));

        Assert.Same(bob.Messages.Last(), ada.Messages.Last());
        Assert.Same(bob.Messages.Last(), cid.Messages.Last());
    }

    [Fact]
    public async Task Should_keep_its_place_behind_what_is_for_all()
    {
        var ada = await FollowAsync("ada");
        var bob = await FollowAsync("bob");

        Send(0, 2, Sample.At(1, "queue"), Own(2, "ada"));
        Send(2, 3, Own(3, "ada"));
        Send(3, 4, Sample.At(4, "queue"));

        Assert.Equal(["1", "2 of ada", "3 of ada", "4"], Seen(ada));
        Assert.Equal(["1", "4"], Seen(bob));
        Assert.Equal([(0, 2), (2, 3), (3, 4)], bob.Frames.Select(static frame => (frame.PreviousOffset, frame.HeadOffset)));
    }

    [Fact]
    public async Task Should_be_in_nobody_elses_answer_who_comes_back()
    {
        await FollowAsync("dora");
        Send(0, 3, Own(1, "ada"), Own(2, "bob"), Sample.At(3, "queue"));

        var (ada, _) = _gateway.Connect("ada");
        var (cid, _) = _gateway.Connect("cid");

        Assert.Equal([1, 3], (await _gateway.SubscribeAsync(ada, "news", new Position("e1", 0))).Publications.Select(static one => one.Offset));
        Assert.Equal([3], (await _gateway.SubscribeAsync(cid, "news", new Position("e1", 0))).Publications.Select(static one => one.Offset));
    }

    [Fact]
    public async Task Should_be_passed_over_by_who_joins_with_a_snapshot_of_before()
    {
        await FollowAsync("dora");
        Send(0, 1, Sample.At(1, "queue"));
        Send(1, 2, Own(2, "ada"));
        var (session, socket) = _gateway.Connect("bob");

        await _gateway.Channels.SubscribeAsync(session, "news", new AttachRequest(new RecoverRequest { Since = new Position("e1", 1) }, IsCatchUpDelivered: true));
        session.Answer(answer: null, isDone: true);
        Send(2, 3, Sample.At(3, "queue"));

        Assert.Equal([(1, 2), (2, 3)], socket.Frames.Select(static frame => (frame.PreviousOffset, frame.HeadOffset)));
        Assert.Equal(["3"], Seen(socket));
    }

    [Fact]
    public async Task Should_wait_with_what_is_for_all_while_a_socket_takes_nothing()
    {
        var (session, socket) = _gateway.Connect("ada");
        await _gateway.SubscribeAsync(session, "news");
        socket.Stall();
        Send(0, 1, Sample.At(1, "queue"));

        for (var offset = 2; offset < 2_000; offset += 2)
            Send(offset - 1, offset + 1, Own(offset, "ada"), Sample.At(offset + 1, "queue"));
        socket.Resume();
        await Eventually.BecomesTrueAsync(() => socket.Offsets.LastOrDefault() == 1_999);

        Assert.Null(session.Outbox.Goodbye);
        Assert.Equal([1, 1_998, 1_999], socket.Offsets);
    }

    private async Task<RecordingSocket> FollowAsync(string userId)
    {
        var (session, socket) = _gateway.Connect(userId);
        await _gateway.SubscribeAsync(session, "news");
        return socket;
    }

    private void Send(long previous, long head, params ImmutableArray<Publication> publications) =>
        _gateway.Cluster.Channel("news").SendRaw(Sample.Conflated(previous, head) with { Publications = publications });

    private static Publication Own(long offset, string userId) => Sample.At(offset, $"of {userId}") with
    {
        Data = default,
        Own = new OwnData { UserId = userId, Data = new Payload(System.Text.Encoding.UTF8.GetBytes($"\"of {userId}\"")) },
    };

    private static IEnumerable<string> Seen(RecordingSocket socket) => socket.Frames.SelectMany(static frame => frame.Publications).Select(static one =>
    {
        Assert.Null(one.Own);
        return one.Key == "queue" ? $"{one.Offset}" : $"{one.Offset} {one.Data.ToString().Trim('"')}";
    });
}
