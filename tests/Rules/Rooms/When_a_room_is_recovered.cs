using WhatsSound.Grains.Rooms;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Rules.Rooms;

/// <summary>What a room that comes back takes from its rows, and what it does not.</summary>
public sealed class When_a_room_is_recovered
{
    private static readonly OutboxEntry Former = new() { Channel = "room:room:queue", Id = "1-queue", Event = "queue", Key = "queue" };

    private readonly RoomState _snapshot = new() { Room = new RoomScript().Room, Outbox = [Former] };

    [Fact]
    public void Should_publish_what_a_version_without_a_journal_had_left()
    {
        var recovery = Recover(_snapshot, Row(1, published: 0));

        Assert.Equal([Former], recovery.Unsent);
    }

    [Fact]
    public void Should_not_publish_it_again_once_it_was()
    {
        var recovery = Recover(_snapshot, Row(1, published: 0), Row(2, published: 1));

        Assert.Empty(recovery.Unsent);
    }

    [Fact]
    public void Should_know_up_to_where_everything_was_published()
    {
        Assert.Equal(2, Recover(_snapshot with { Outbox = [] }, Row(1, published: 0), Row(2, published: 1)).PublishedUpTo);
        Assert.Equal(7, Recover(_snapshot with { Outbox = [], Number = 7 }, Row(7, published: 5)).PublishedUpTo);
        Assert.Equal(6, Recover(_snapshot with { Outbox = [Former with { Number = 7 }], Number = 7 }, Row(7, published: 5)).PublishedUpTo);
    }

    [Fact]
    public void Should_be_no_room_where_the_journal_ends_before_the_snapshot()
    {
        var recovery = Recover(_snapshot with { Number = 7 }, Row(5, published: 4), Row(6, published: 5));

        Assert.Throws<InvalidDataException>(recovery.End);
    }

    private static RoomRecovery Recover(RoomState snapshot, params JournalEntry[] rows)
    {
        var recovery = new RoomRecovery(snapshot, new Receipts(new RoomOptions()));
        foreach (var row in rows)
            recovery.Take(row);
        return recovery;
    }

    private JournalEntry Row(long number, long published) =>
        new(number, _snapshot.Room!.Revision, 1_000, null, new RoomEntry { Published = published }.Write());
}
