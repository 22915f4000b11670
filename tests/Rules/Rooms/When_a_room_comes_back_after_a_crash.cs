using WhatsSound.Grains.Presence;
using WhatsSound.Grains.Rooms;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_a_room_comes_back_after_a_crash
{
    [Fact]
    public void Should_end_the_song_at_its_own_time_and_start_the_next_from_now()
    {
        var play = new RoomScript();
        play.Enqueue("u0", RoomScript.Song(1, 10_000), RoomScript.Song(2, 10_000), RoomScript.Song(3, 100_000));
        var startMs = play.NowMs + 500;

        play.Sleep(3_600_000);

        Assert.Equal([startMs + 10_000], play.Events.OfType<TrackEnded>().Select(ended => ended.AtMs));
        Assert.Equal(("e2", play.NowMs + 500), (play.Room.Current!.EntryId, play.Room.Playback.Vector.AnchorTimeMs));
    }

    [Fact]
    public void Should_start_the_next_without_a_pause_where_the_end_was_noticed_a_little_late()
    {
        var play = new RoomScript();
        play.Enqueue("u0", RoomScript.Song(1, 10_000), RoomScript.Song(2, 10_000));
        var endsMs = play.NowMs + 10_500;

        play.Sleep(11_400);

        Assert.Equal(("e2", endsMs + 500), (play.Room.Current!.EntryId, play.Room.Playback.Vector.AnchorTimeMs));
    }

    [Fact]
    public void Should_not_start_a_song_for_members_who_are_only_remembered()
    {
        var play = new RoomScript();
        play.Enqueue("u0", RoomScript.Song(1, 10_000), RoomScript.Song(2, 10_000));

        play.Crash(27_000);
        Assert.Null(play.Room.Current);
        Assert.Single(play.Room.Queue.Songs);

        play.Join("u0");
        Assert.Equal("e2", play.Room.Current!.EntryId);
    }

    [Fact]
    public void Should_take_the_saved_members_to_be_here_until_the_lease_is_over()
    {
        var attendance = Attendance.Presumed([Member("stayed", 1), Member("left", 2), Member("gone", 3)], savedAtMs: 0, settlesAtMs: 30_000)
            .WithRoster([Member("stayed", 500), Member("new", 600)], settlesAtMs: 40_000)
            .WithDelta([], ["left"], 700);

        Assert.Equal(["gone", "new", "stayed"], attendance.Members.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(1, attendance.Members["stayed"]);
        Assert.Equal(["new", "stayed"], attendance.Observe(null, 40_000).Members.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_keep_members_while_only_presence_has_lost_its_memory()
    {
        var attendance = Attendance.Nobody.WithMember("here", 1).WithMember("back", 2).WithRoster([], settlesAtMs: 30_000).WithDelta(["back"], [], 700);

        Assert.Equal(["back", "here"], attendance.Observe(null, 29_999).Members.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["back"], attendance.Observe(null, 30_000).Members.Keys);
    }

    [Fact]
    public void Should_believe_a_presence_that_has_forgotten_nobody()
    {
        var attendance = Attendance.Nobody.WithMember("here", 1).WithMember("left", 2).WithRoster([Member("here", 1)], settlesAtMs: null);

        Assert.Equal(["here"], attendance.Members.Keys);
    }

    private static RosterMember Member(string userId, long joinedAtMs) => new() { UserId = userId, JoinedAtMs = joinedAtMs };
}
