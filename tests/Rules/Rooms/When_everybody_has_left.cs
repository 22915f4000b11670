using WhatsSound.Grains.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_everybody_has_left
{
    private readonly RoomScript _play = new();

    public When_everybody_has_left()
    {
        _play.Enqueue("u0", RoomScript.Song(1, 10_000), RoomScript.Song(2, 10_000), RoomScript.Song(3, 10_000));
        _play.Leave("u0");
    }

    [Fact]
    public void Should_stand_still_after_the_current_song()
    {
        _play.Pass(3_600_000);

        Assert.Equal(["e1"], _play.Events.OfType<TrackEnded>().Select(ended => ended.EntryId));
        Assert.Null(_play.Room.Current);
        Assert.Equal(2, _play.Room.Queue.Songs.Count);
    }

    [Fact]
    public void Should_go_on_when_somebody_comes()
    {
        _play.Pass(3_600_000);

        _play.Join("u3");

        Assert.Equal(("e2", _play.NowMs + 500), (_play.Room.Current!.EntryId, _play.Room.Playback.Vector.AnchorTimeMs));
    }

    [Fact]
    public void Should_go_on_without_a_pause_for_who_comes_before_the_song_is_over()
    {
        _play.Pass(5_000);
        _play.Join("u3");

        _play.Pass(10_000);

        Assert.Equal("e2", _play.Room.Current!.EntryId);
    }
}
