using WhatsSound.Playback;
using WhatsSound.Tests.Rules.Rooms;

namespace WhatsSound.Tests.Rules.Playback;

/// <summary>Only who may play ends a pause.</summary>
public class When_a_paused_song_is_skipped
{
    private readonly RoomScript _play = new();

    public When_a_paused_song_is_skipped()
    {
        _play.Join("ann");
        _play.Pass(60_000);
        _play.Enqueue("ann", RoomScript.Song(1), RoomScript.Song(2), RoomScript.Song(3));
        _play.Pass(60_000);
        _play.Do((room, moment) => RoomRules.Pause(room, "u0", moment));
    }

    private PlaybackVector Vector => _play.Room.Playback.Vector;

    [Theory]
    [InlineData("u0")]
    [InlineData("ann")]
    public void Should_stand_at_the_beginning_of_the_next(string userId)
    {
        Assert.Null(_play.Do((room, moment) => RoomRules.Skip(room, userId, "e1", moment)).Refusal);

        AssertStandsAt("e2");
    }

    [Fact]
    public void Should_stand_after_a_vote_too()
    {
        foreach (var userId in new[] { "ann", "u0" })
            Assert.Null(_play.Do((room, moment) => RoomRules.VoteSkip(room, userId, "e1", true, moment)).Refusal);

        AssertStandsAt("e2");
    }

    [Fact]
    public void Should_stand_after_another_skip()
    {
        _play.Do((room, moment) => RoomRules.Skip(room, "u0", "e1", moment));
        _play.Do((room, moment) => RoomRules.Skip(room, "u0", "e2", moment));

        AssertStandsAt("e3");
    }

    [Fact]
    public void Should_play_from_the_beginning_once_somebody_plays()
    {
        _play.Do((room, moment) => RoomRules.Skip(room, "u0", "e1", moment));
        _play.Pass(600_000);
        _play.Do((room, moment) => RoomRules.Play(room, "u0", moment));

        Assert.Equal((PlaybackStatus.Playing, 0, "e2"), (Vector.Status, Vector.AnchorPositionMs, Vector.EntryId));
        Assert.Equal(_play.Moment.LeadMs, Vector.AnchorTimeMs);
    }

    [Fact]
    public void Should_play_a_song_that_somebody_chooses()
    {
        _play.Do((room, moment) => RoomRules.Act(room, "u0", new WhatsSound.Rooms.PlayEntry { EntryId = "e3" }, moment));

        Assert.Equal((PlaybackStatus.Playing, "e3"), (Vector.Status, Vector.EntryId));
    }

    private void AssertStandsAt(string entryId)
    {
        _play.Pass(600_000);

        Assert.Equal((PlaybackStatus.Paused, 0, entryId), (Vector.Status, Vector.PositionAtMs(_play.NowMs), Vector.EntryId));
        Assert.Equal(entryId, _play.Room.Current?.EntryId);
    }
}
