using Microsoft.Extensions.Logging.Abstractions;
using WhatsSound.Grains.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

/// <summary>
/// Nobody knows how much of it was published before the crash. A channel that has lost its memory as well would publish it all again, and its subscribers
/// would see an older queue, or song, after a newer one.
/// </summary>
public sealed class When_an_outbox_is_read_back
{
    private readonly RoomOutbox _outbox = new("room", null!, null!, new RoomOptions(), NullLogger.Instance);

    [Fact]
    public void Should_publish_the_newest_of_each_key_only()
    {
        _outbox.Resume([Entry("6-queue", "queue"), Entry("6-playback", "playback"), Entry("7-queue", "queue"), Entry("8-skip", "queue", "skip")]);

        Assert.Equal(["6-playback", "7-queue", "8-skip"], _outbox.Unsent.Select(entry => entry.Id));
    }

    [Fact]
    public void Should_publish_all_that_does_not_stand_for_itself()
    {
        _outbox.Resume([Entry("6-hostChanged", "host") with { Key = null }, Entry("7-queue", "queue"), Entry("8-hostChanged", "host") with { Key = null }]);

        Assert.Equal(["6-hostChanged", "7-queue", "8-hostChanged"], _outbox.Unsent.Select(entry => entry.Id));
    }

    [Fact]
    public void Should_go_on_as_ever_with_what_comes_then()
    {
        _outbox.Resume([Entry("7-queue", "queue")]);

        _outbox.Add([Entry("8-queue", "queue")], number: 9);

        Assert.Equal(["7-queue", "8-queue"], _outbox.Unsent.Select(entry => entry.Id));
    }

    private static OutboxEntry Entry(string id, string channel, string? kind = null) =>
        new() { Channel = $"room:r:{channel}", Id = id, Event = kind ?? channel, Key = kind ?? channel };
}
