using System.Collections.Immutable;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Users;

namespace WhatsSound.Tests.Rules.Users;

/// <summary>A door that counts messages in one row: what a client has in each channel follows from how many it has got.</summary>
public class When_sent_messages_are_counted
{
    private const string Epoch = "e1";

    private readonly SentRing _ring = new(marksMax: 4);

    [Fact]
    public void Should_stand_at_what_was_sent_where_the_client_has_all()
    {
        Assert.Equal(1, Send("a", 0, 3));
        Assert.Equal(2, Send("b", 10, 11));

        Assert.Equal([("a", 3L), ("b", 11L)], PlacesAt(2, ("a", 3), ("b", 11)));
    }

    [Fact]
    public void Should_take_back_in_each_channel_what_came_after_the_count()
    {
        Send("a", 0, 3);
        Send("b", 10, 11);
        Send("a", 3, 4);
        Send("a", 4, 9);

        Assert.Equal([("a", 3L), ("b", 10L)], PlacesAt(1, ("a", 9), ("b", 11)));
        Assert.Equal([("a", 4L), ("b", 11L)], PlacesAt(3, ("a", 9), ("b", 11)));
    }

    [Fact]
    public void Should_not_know_a_count_that_is_too_long_ago_or_was_never_sent()
    {
        for (var offset = 0; offset < 6; offset++)
            Send("a", offset, offset + 1);

        Assert.Null(SessionOf(("a", 6)).PositionsAt(1));
        Assert.Equal([("a", 2L)], PlacesAt(2, ("a", 6)));
        Assert.Null(SessionOf(("a", 6)).PositionsAt(7));
    }

    [Fact]
    public void Should_stand_before_a_loss_that_did_not_arrive()
    {
        Send("a", 0, 3);
        _ring.Add(new LostMessage(new ChannelLost("a", new Position(Epoch, 8), 4, 8)));

        Assert.Equal([("a", 3L)], PlacesAt(1, ("a", 8)));
    }

    [Fact]
    public void Should_know_nothing_of_a_channel_behind_a_loss_of_its_numbering()
    {
        _ring.Add(new LostMessage(new ChannelLost("a", new Position(Epoch, 8), LostFrom: null, LostTo: null)));
        Send("a", 8, 9);
        Send("b", 0, 1);

        Assert.Equal([("a", 8L), ("b", 0L)], PlacesAt(1, ("a", 9), ("b", 1)));
        Assert.Equal([("b", 0L)], PlacesAt(0, ("a", 9), ("b", 1)));
    }

    private long Send(string channel, long previous, long head) =>
        _ring.Add(new FrameMessage(new ChannelFrame { Channel = channel, Epoch = Epoch, PreviousOffset = previous, HeadOffset = head, Class = DeliveryClass.Ordered, Publications = [] }));

    private (string Channel, long Offset)[] PlacesAt(long count, params (string Channel, long Sent)[] channels) =>
        [.. SessionOf(channels).PositionsAt(count)!.Select(static one => (one.Key, one.Value.Offset)).Order()];

    private ParkedSession SessionOf(params (string Channel, long Sent)[] channels)
    {
        var (count, marks) = _ring.Read();
        return new ParkedSession
        {
            SessionId = "s",
            KeyHash = ImmutableArray<byte>.Empty,
            Door = "test",
            ForMs = 1,
            SentCount = count,
            SentMarks = marks,
            Channels = [.. channels.Select(static one => new ParkedChannel { Channel = one.Channel, Sent = new Position(Epoch, one.Sent) })],
        };
    }
}
