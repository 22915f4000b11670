using WhatsSound.Grains.Rooms;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_a_command_is_refused
{
    private readonly RoomScript _play = new(new RoomOptions { QueueMax = 4, EntriesPerUserMax = 3 });

    [Fact]
    public void Should_refuse_another_owners_room() =>
        Refused(RefusalCode.RoomNameTaken, _play.Do((room, moment) => RoomRules.Create(room, "room", "u1", new RoomSettings { Name = "Mine" }, moment)));

    [Fact]
    public void Should_give_the_owner_the_same_room_again() =>
        Assert.Same(_play.Room, _play.Do((room, moment) => RoomRules.Create(room, "room", "u0", new RoomSettings { Name = "Again" }, moment)).Room);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\u0001b")]
    public void Should_refuse_a_room_without_a_name(string name) =>
        Refused(RefusalCode.BadRequest, RoomRules.Create(null, "room", "u0", new RoomSettings { Name = name }, _play.Moment));

    [Theory]
    [InlineData("ftp://music.example/1.mp3")]
    [InlineData("//music.example/1.mp3")]
    [InlineData("music.mp3")]
    [InlineData("javascript:alert(1)")]
    [InlineData("")]
    [InlineData(null)]
    public void Should_refuse_an_address_that_is_none(string? url) =>
        Assert.Equal("url", _play.Enqueue("u0", RoomScript.Song(1) with { Url = url! }).Refusal?.Detail);

    [Fact]
    public void Should_take_a_path_of_this_server() => Assert.Null(_play.Enqueue("u0", RoomScript.Song(1) with { Url = "/media/one.wav" }).Refusal);

    [Fact]
    public void Should_refuse_a_track_that_is_null() => Assert.Equal("tracks", _play.Enqueue("u0", (Track)null!).Refusal?.Detail);

    [Fact]
    public void Should_refuse_a_track_over_two_hours() =>
        Refused(RefusalCode.TrackTooLong, _play.Enqueue("u0", RoomScript.Song(1, 7_200_001)));

    [Fact]
    public void Should_refuse_a_track_that_is_playing_and_name_its_entry()
    {
        _play.Enqueue("u0", RoomScript.Song(1));

        Assert.Equal("e1", Refused(RefusalCode.DuplicateTrack, _play.Enqueue("u1", RoomScript.Song(1))).Detail);
    }

    [Fact]
    public void Should_take_all_tracks_or_none()
    {
        Refused(RefusalCode.DuplicateTrack, _play.Enqueue("u0", RoomScript.Song(1), RoomScript.Song(1)));

        Assert.Null(_play.Room.Playback.Current);
    }

    [Fact]
    public void Should_refuse_more_than_a_user_may_queue()
    {
        _play.Enqueue("u0", RoomScript.Song(1));
        _play.Enqueue("u0", RoomScript.Song(2), RoomScript.Song(3), RoomScript.Song(4));

        Assert.Equal("3", Refused(RefusalCode.UserQuota, _play.Enqueue("u0", RoomScript.Song(5))).Detail);
    }

    [Fact]
    public void Should_refuse_more_than_the_queue_takes()
    {
        _play.Enqueue("u0", RoomScript.Song(1));
        _play.Enqueue("u0", RoomScript.Song(2), RoomScript.Song(3), RoomScript.Song(4));
        _play.Enqueue("u1", RoomScript.Song(5));

        Assert.Equal("4", Refused(RefusalCode.QueueFull, _play.Enqueue("u2", RoomScript.Song(6))).Detail);
    }

    [Fact]
    public void Should_refuse_a_vote_on_the_own_song()
    {
        _play.Enqueue("u0", RoomScript.Song(1), RoomScript.Song(2));

        Refused(RefusalCode.SelfVote, _play.Do((room, moment) => RoomRules.Vote(room, "u0", "e2", 1, moment)));
    }

    [Fact]
    public void Should_refuse_a_vote_on_the_current_song()
    {
        _play.Enqueue("u0", RoomScript.Song(1));

        Refused(RefusalCode.EntryNotFound, _play.Do((room, moment) => RoomRules.Vote(room, "u1", "e1", 1, moment)));
    }

    [Fact]
    public void Should_refuse_a_skip_of_another_song_and_name_the_current_one()
    {
        _play.Enqueue("u0", RoomScript.Song(1), RoomScript.Song(2));

        Assert.Equal("e1", Refused(RefusalCode.StaleEntry, _play.Do((room, moment) => RoomRules.Skip(room, "u0", "e2", moment))).Detail);
    }

    [Fact]
    public void Should_refuse_a_skip_vote_in_the_first_seconds_and_say_when_to_retry()
    {
        _play.Enqueue("u0", RoomScript.Song(1));
        _play.Pass(1500);

        var refusal = Refused(RefusalCode.SkipTooEarly, _play.Do((room, moment) => RoomRules.VoteSkip(room, "u0", "e1", true, moment)));

        Assert.Equal(4000, refusal.RetryAfterMs);
    }

    [Fact]
    public void Should_refuse_listeners_the_players_controls()
    {
        _play.Enqueue("u1", RoomScript.Song(1));

        Refused(RefusalCode.Forbidden, _play.Do((room, moment) => RoomRules.Pause(room, "u1", moment)));
        Refused(RefusalCode.Forbidden, _play.Do((room, moment) => RoomRules.Seek(room, "u1", "e1", 0, moment)));
        Refused(RefusalCode.Forbidden, _play.Do((room, moment) => RoomRules.Skip(room, "u2", "e1", moment)));
    }

    [Fact]
    public void Should_let_the_adder_end_the_own_song()
    {
        _play.Enqueue("u1", RoomScript.Song(1));

        Assert.Null(_play.Do((room, moment) => RoomRules.Skip(room, "u1", "e1", moment)).Refusal);
        Assert.Equal(EndReasons.Removed, _play.Room.History[0].EndReason);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(180_001)]
    public void Should_refuse_a_position_outside_the_song(long positionMs)
    {
        _play.Enqueue("u0", RoomScript.Song(1));

        Refused(RefusalCode.InvalidPosition, _play.Do((room, moment) => RoomRules.Seek(room, "u0", "e1", positionMs, moment)));
    }

    [Fact]
    public void Should_refuse_to_play_nothing() =>
        Refused(RefusalCode.NothingPlaying, _play.Do((room, moment) => RoomRules.Play(room, "u0", moment)));

    [Fact]
    public void Should_refuse_to_hand_over_to_somebody_who_is_not_here() =>
        Refused(RefusalCode.NotMember, _play.Do((room, moment) => RoomRules.TransferHost(room, "u0", "nobody", moment)));

    private static Refusal Refused(string code, RoomDecision decision)
    {
        Assert.NotNull(decision.Refusal);
        Assert.Equal(code, decision.Refusal.Code);
        Assert.Empty(decision.Events);
        return decision.Refusal;
    }
}
