using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_a_part_of_the_list_is_full
{
    private readonly ListedRooms _rooms = new(3);

    [Fact]
    public void Should_let_a_room_go_that_nobody_is_in_before_one_with_people()
    {
        Put("crowded", listeners: 5, updatedAtMs: 1);
        Put("empty-old", listeners: 0, updatedAtMs: 2);
        Put("empty-new", listeners: 0, updatedAtMs: 3);

        Put("newcomer", listeners: 0, updatedAtMs: 4);

        Assert.Equal(["crowded", "empty-new", "newcomer"], Ids());
    }

    [Fact]
    public void Should_not_bring_back_a_room_by_what_it_said_before_it_went()
    {
        Put("jazz", listeners: 1, updatedAtMs: 1, revision: 5);
        Assert.True(_rooms.Remove("jazz", 6));

        Put("jazz", listeners: 1, updatedAtMs: 2, revision: 5);
        Assert.Empty(Ids());

        Put("jazz", listeners: 1, updatedAtMs: 3, revision: 7);
        Assert.False(_rooms.Remove("jazz", 6));
        Assert.Equal(["jazz"], Ids());
    }

    [Fact]
    public void Should_take_a_silent_room_for_empty()
    {
        Put("jazz", listeners: 9, updatedAtMs: 1_000);
        Put("rock", listeners: 1, updatedAtMs: 2_000);

        _rooms.Settle(silentSinceMs: 1_500);

        Assert.Equal([("rock", 1), ("jazz", 0)], _rooms.Find(new()).Rooms.Select(room => (room.RoomId, room.ListenerCount)));
    }

    [Fact]
    public void Should_give_the_silent_in_turn_though_some_stay_silent()
    {
        Put("a", listeners: 0, updatedAtMs: 1);
        Put("b", listeners: 0, updatedAtMs: 3);
        Put("c", listeners: 0, updatedAtMs: 2);

        var given = Enumerable.Range(0, 3).SelectMany(_ => _rooms.NextSilent(silentSinceMs: 5, countMax: 2)).Select(line => line.Listing.RoomId);

        Assert.Equal(["a", "b", "c", "a", "b", "c"], given);
    }

    private void Put(string roomId, int listeners, long updatedAtMs, long revision = 1) =>
        _rooms.Put(new RoomListing { RoomId = roomId, Name = roomId, ListenerCount = listeners, UpdatedAtMs = updatedAtMs }, revision);

    private string[] Ids() => [.. _rooms.All.Select(line => line.Listing.RoomId).Order(StringComparer.Ordinal)];
}
