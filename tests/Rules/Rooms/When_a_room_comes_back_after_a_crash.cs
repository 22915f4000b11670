using WhatsSound.Grains.Presence;
using WhatsSound.Grains.Rooms;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_a_room_comes_back_after_a_crash
{
    [Fact]
    public void Should_end_every_song_at_its_own_time()
    {
        var play = new RoomScript();
        play.Enqueue("u0", RoomScript.Song(1, 10_000), RoomScript.Song(2, 10_000), RoomScript.Song(3, 100_000));
        var startMs = play.NowMs + 500;

        play.Sleep(30_000);

        Assert.Equal([startMs + 10_000, startMs + 20_500], play.Events.OfType<TrackEnded>().Select(ended => ended.AtMs));
        Assert.Equal("e3", play.Room.Playback.Current!.EntryId);
        Assert.Equal(30_000 - 21_500, play.Room.Playback.Vector.PositionAtMs(play.NowMs));
    }

    [Fact]
    public void Should_start_from_now_after_too_many_ended()
    {
        var play = new RoomScript(new RoomOptions { CatchUpMax = 1 });
        play.Enqueue("u0", RoomScript.Song(1, 10_000), RoomScript.Song(2, 10_000), RoomScript.Song(3, 10_000));

        play.Sleep(3_600_000);

        Assert.Single(play.Events.OfType<TrackEnded>());
        Assert.Equal(play.NowMs + 500, play.Room.Playback.Vector.AnchorTimeMs);
    }

    [Fact]
    public void Should_take_the_saved_members_to_be_here_until_the_lease_is_over()
    {
        var attendance = Attendance.Presumed([Member("stayed", 1), Member("left", 2), Member("gone", 3)], settlesAtMs: 30_000)
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
