using Microsoft.Extensions.Logging.Abstractions;
using WhatsSound.Grains.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_an_outbox_is_full
{
    private readonly RoomOutbox _outbox = new("room", null!, null!, new RoomOptions { OutboxMax = 3 }, NullLogger.Instance);

    [Fact]
    public void Should_keep_everything_in_order_up_to_the_bound()
    {
        _outbox.Take([Entry(1, "queue"), Entry(2, "skip")]);

        Assert.Equal(["1", "2", "3"], _outbox.With([Entry(3, "queue")]).Select(entry => entry.Id));
    }

    [Fact]
    public void Should_keep_the_newest_of_each_kind_beyond_it()
    {
        _outbox.Take([Entry(1, "queue"), Entry(2, "skip"), Entry(3, "queue")]);

        Assert.Equal(["2", "4"], _outbox.With([Entry(4, "queue")]).Select(entry => entry.Id));
    }

    private static OutboxEntry Entry(int id, string kind) => new() { Channel = "room:r:queue", Id = $"{id}", Event = kind };
}
