using WhatsSound.Grains;
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
    public void Should_refuse_to_create_a_room_of_ones_own_that_is_there() =>
        Refused(RefusalCode.RoomNameTaken, _play.Do((room, moment) => RoomRules.Create(room, "room", "u0", new RoomSettings { Name = "Again" }, moment)));

    [Fact]
    public void Should_not_take_a_room_with_other_settings_for_the_same()
    {
        var settings = new RoomSettings { Name = "A room" };
        RoomSettings[] others =
        [
            settings,
            settings with { Name = "Another" },
            settings with { Description = "Another" },
            settings with { IsListed = false },
            settings with { AllowsShadowMute = true },
            settings with { Tags = ["jazz"] },
            settings with { Tags = ["jazz", "soul"] },
            settings with { IsInviteOnly = true },
            settings with { IsTemporary = true },
            settings with { MembersMax = 5 },
            settings with { SlowModeSeconds = 5 },
            settings with { IsQueueLocked = true },
            settings with { IsChatLocked = true },
            settings with { IsJoinLocked = true },
            settings with { WaitsForReady = true },
        ];

        Assert.Equal(others.Length, others.Select(Print).Distinct(StringComparer.Ordinal).Count());

        // As it was when this was all that was in it: stored answers have it.
        Assert.Equal(CommandPrint.Of("create", "A room", null, "listed"), Print(settings));

        static string Print(RoomSettings settings) => ActionRules.Find(new CreateRoom { Settings = settings })!.Print(new CreateRoom { Settings = settings });
    }

    [Fact]
    public void Should_take_where_the_player_is_of_the_host_alone()
    {
        _play.Join("u1");
        Assert.Null(_play.Do((room, moment) => RoomRules.Act(room, "u0", new SetPermission { Permission = "controlPlayback", Role = RoomRole.Listener }, moment)).Refusal);
        Assert.Null(_play.Enqueue("u0", RoomScript.Song(1)).Refusal);

        Assert.Equal(("FORBIDDEN", "host"), Report("u1"));
        Assert.Equal((null, null), Report("u0"));
        Assert.Null(_play.Do((room, moment) => RoomRules.TransferHost(room, "u0", "u1", moment)).Refusal);
        Assert.Equal(("FORBIDDEN", "host"), Report("u0"));
        Assert.Equal((null, null), Report("u1"));

        (string? Code, string? Detail) Report(string userId) =>
            _play.Do((room, moment) => RoomRules.Act(room, userId, new ReportHostPosition { EntryId = "e1", PositionMs = 0 }, moment)).Refusal is { } refusal ? (refusal.Code, refusal.Detail) : default;
    }

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
        Assert.Equal("tracks[0].url", _play.Enqueue("u0", RoomScript.Song(1) with { Url = url! }).Refusal?.Detail);

    [Fact]
    public void Should_take_a_path_of_this_server() => Assert.Null(_play.Enqueue("u0", RoomScript.Song(1) with { Url = "/tracks/one.wav" }).Refusal);

    [Fact]
    public void Should_refuse_a_track_that_is_null() => Assert.Equal("tracks[0]", _play.Enqueue("u0", (Track)null!).Refusal?.Detail);

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
    public void Should_take_each_track_of_a_batch_for_itself_and_refuse_it_where_none_is_taken()
    {
        var batch = _play.Enqueue("u0", RoomScript.Song(1), RoomScript.Song(1), RoomScript.Song(2, 7_200_001));

        Assert.Equal(["e1"], batch.EntryIds);
        Assert.Equal([("e1", null), (null, RefusalCode.DuplicateTrack), (null, RefusalCode.TrackTooLong)], batch.Songs!.Value.Select(song => (song.EntryId, song.Refusal?.Code)));
        Refused(RefusalCode.DuplicateTrack, _play.Enqueue("u1", RoomScript.Song(1), RoomScript.Song(1)));
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
    public void Should_refuse_a_vote_on_a_song_that_has_been_played()
    {
        _play.Enqueue("u0", RoomScript.Song(1), RoomScript.Song(2));
        _play.Do((room, moment) => RoomRules.Skip(room, "u0", "e1", moment));

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
        Assert.Equal(EndReasons.Skipped, _play.Room.History[0].EndReason);
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
