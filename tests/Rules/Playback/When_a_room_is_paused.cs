using WhatsSound.Grains.Rooms;
using WhatsSound.Playback;
using WhatsSound.Tests.Rules.Rooms;

namespace WhatsSound.Tests.Rules.Playback;

/// <summary>Paused is the room's state, whatever song it has, or none: so a queue can be prepared.</summary>
public class When_a_room_is_paused
{
    private readonly RoomScript _play = new();

    public When_a_room_is_paused() => _play.Join("ann");

    private PlaybackVector Vector => _play.Room.Playback.Vector;

    [Fact]
    public void Should_have_what_is_added_to_it_stand_at_its_beginning_though_nothing_played()
    {
        Assert.Null(Pause().Refusal);
        _play.Enqueue("ann", RoomScript.Song(1), RoomScript.Song(2));
        _play.Pass(600_000);

        AssertStandsAt("e1");
    }

    [Fact]
    public void Should_stay_so_when_the_last_song_is_gone()
    {
        _play.Enqueue("ann", RoomScript.Song(1));
        _play.Pass(60_000);
        Pause();
        Assert.Null(_play.Do((room, moment) => RoomRules.Skip(room, "ann", "e1", moment)).Refusal);
        Assert.Equal((PlaybackStatus.Paused, null), (Vector.Status, Vector.EntryId));
        _play.Pass(60_000);
        _play.Enqueue("ann", RoomScript.Song(2));
        _play.Pass(600_000);

        AssertStandsAt("e2");
    }

    [Fact]
    public void Should_stay_so_when_everybody_leaves_and_somebody_comes_back()
    {
        Pause();
        _play.Leave("ann");
        _play.Leave("u0");
        _play.Pass(600_000);
        _play.Join("ann");
        _play.Enqueue("ann", RoomScript.Song(1));
        _play.Pass(600_000);

        AssertStandsAt("e1");
    }

    [Fact]
    public void Should_play_what_is_added_once_somebody_has_played()
    {
        Pause();
        Assert.Null(Play().Refusal);
        Assert.Equal((PlaybackStatus.Idle, null), (Vector.Status, Vector.EntryId));
        _play.Enqueue("ann", RoomScript.Song(1));

        Assert.Equal((PlaybackStatus.Playing, "e1"), (Vector.Status, Vector.EntryId));
    }

    [Fact]
    public void Should_play_from_the_beginning_what_was_prepared()
    {
        Pause();
        _play.Enqueue("ann", RoomScript.Song(1), RoomScript.Song(2));
        _play.Pass(60_000);
        Play();

        Assert.Equal((PlaybackStatus.Playing, 0, "e1"), (Vector.Status, Vector.AnchorPositionMs, Vector.EntryId));
    }

    [Fact]
    public void Should_say_nothing_more_when_paused_again()
    {
        Pause();

        Assert.Empty(Pause().Events);
    }

    [Fact]
    public void Should_have_nothing_to_play_where_it_is_not_paused_and_there_is_none() => Assert.Equal(RefusalCode.NothingPlaying, Play().Refusal?.Code);

    private RoomDecision Pause() => _play.Do((room, moment) => RoomRules.Pause(room, "u0", moment));

    private RoomDecision Play() => _play.Do((room, moment) => RoomRules.Play(room, "u0", moment));

    private void AssertStandsAt(string entryId) =>
        Assert.Equal((PlaybackStatus.Paused, entryId, 0, 0), (Vector.Status, Vector.EntryId, Vector.AnchorPositionMs, Vector.PositionAtMs(_play.NowMs)));
}
