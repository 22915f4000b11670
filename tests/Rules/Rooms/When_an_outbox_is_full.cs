using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_an_outbox_is_full
{
    private readonly RoomOutbox _outbox = new("room", null!, null!, new RoomOptions { OutboxMax = 3 }, NullLogger.Instance);

    [Fact]
    public void Should_keep_everything_in_order_up_to_the_bound()
    {
        Add(Entry(1, "queue"), Entry(2, "skip"), Entry(3, "queue"));

        Assert.Equal(["1", "2", "3"], _outbox.Unsent.Select(entry => entry.Id));
    }

    [Fact]
    public void Should_keep_the_newest_of_each_key_beyond_it()
    {
        Add(Entry(1, "queue"), Entry(2, "skip"), Entry(3, "queue"), Entry(4, "queue"));

        Assert.Equal(["2", "4"], _outbox.Unsent.Select(entry => entry.Id));
    }

    [Fact]
    public void Should_never_leave_out_what_does_not_stand_for_itself()
    {
        Add(Entry(1, null), Entry(2, "queue"), Entry(3, null), Entry(4, "queue"));
        Assert.Equal(["1", "3", "4"], _outbox.Unsent.Select(entry => entry.Id));
        Assert.False(_outbox.IsFull);

        Add(Entry(5, null));

        Assert.Equal(["1", "3", "4", "5"], _outbox.Unsent.Select(entry => entry.Id));
        Assert.True(_outbox.IsFull);
    }

    [Fact]
    public void Should_keep_the_newest_notices_of_users_and_all_that_is_the_rooms_own()
    {
        Add(Entry(1, null), Notice(2), Notice(3), Notice(4), Notice(5));

        Assert.Equal(["1", "3", "4", "5"], _outbox.Unsent.Select(entry => entry.Id));
    }

    [Fact]
    public void Should_keep_the_newest_songs_that_were_played()
    {
        Add(Entry(1, null), Played(2), Played(3), Played(4), Played(5));

        Assert.Equal(["1", "3", "4", "5"], _outbox.Unsent.Select(entry => entry.Id));
        Assert.False(_outbox.IsFull);
    }

    [Fact]
    public void Should_let_nobody_who_comes_wait_for_a_channel_of_a_user()
    {
        Add(Notice(1));
        Assert.True(_outbox.IsRoomTold);

        Add(Entry(2, "queue"));

        Assert.False(_outbox.IsRoomTold);
    }

    [Fact]
    public void Should_know_up_to_where_everything_is_published()
    {
        Add(Entry(4, "queue"), Entry(6, "skip"));
        Assert.Equal(3, _outbox.PublishedUpTo(7));

        _outbox.Sent(_outbox.Unsent);

        Assert.Equal(7, _outbox.PublishedUpTo(7));
    }

    private void Add(params OutboxEntry[] entries)
    {
        foreach (var entry in entries)
            _outbox.Add([entry], long.Parse(entry.Id, CultureInfo.InvariantCulture));
    }

    private static OutboxEntry Notice(int id) => Entry(id, $"{id}") with { Channel = $"user:{id}:notifications" };

    private static OutboxEntry Played(int id) => Entry(id, $"{id}") with { Channel = "room:room", Event = RoomEvents.Played };

    private static OutboxEntry Entry(int id, string? key) => new() { Channel = "room:room:queue", Id = $"{id}", Event = key ?? "hostChanged", Key = key };
}
