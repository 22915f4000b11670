using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

/// <summary>The main channel, which leaves nothing out, is told of each song that was played: a client that was away has those that came and went meanwhile.</summary>
public class When_a_song_has_ended
{
    private readonly RoomScript _play = new();

    [Fact]
    public void Should_be_told_as_history_has_it_under_its_own_key()
    {
        _play.Enqueue("u0", RoomScript.Song(1), RoomScript.Song(2));

        var entry = Assert.Single(Told(() => _play.Do((room, moment) => RoomRules.Skip(room, "u0", "e1", moment))));

        Assert.Equal(("room:room", "e1"), (entry.Channel, entry.Key));
        Assert.Equal(_play.Room.History[0], entry.Data.Read(WireJson.Default.HistoryItem));
    }

    [Fact]
    public void Should_be_told_each_for_itself_and_the_oldest_first_where_several_have_ended_at_once()
    {
        // A decision that ends three songs: nothing ran meanwhile.
        _play.Enqueue("u0", [.. Enumerable.Range(1, 12).Select(static song => RoomScript.Song(song, 1_000))]);
        var (before, seen) = (_play.Room, _play.Events.Count);
        _play.Pass(20_000);
        var told = RoomPublications.Of(before, _play.Room, [.. _play.Events.Skip(seen)]).Where(static entry => entry.Event == RoomEvents.Played).ToList();

        Assert.InRange(told.Count, 9, Room.UnkeptMax);
        Assert.Equal(_play.Room.Unkept.Select(static play => play.Song.EntryId), told.Select(static entry => entry.Key));
        Assert.Equal(told.Count, told.Select(static entry => entry.Id).Distinct().Count());
        Assert.All(told, static entry => Assert.InRange(entry.Id.Length, 1, 64));
    }

    private List<OutboxEntry> Told(Action act)
    {
        var (before, seen) = (_play.Room, _play.Events.Count);
        act();
        return [.. RoomPublications.Of(before, _play.Room, [.. _play.Events.Skip(seen)]).Where(static entry => entry.Event == RoomEvents.Played)];
    }
}
