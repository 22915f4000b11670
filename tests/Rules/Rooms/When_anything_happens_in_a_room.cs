using System.Text.Json;
using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Grains.Rooms;
using WhatsSound.Playback;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_anything_happens_in_a_room
{
    [Fact]
    public void INV_R3_Should_be_the_sum_of_its_events() => Property.Holds(script =>
    {
        var play = RoomScript.Played(script);

        var replayed = play.Events.Aggregate((Room?)null, RoomFold.Apply);

        Assert.Equal(CanonicalJson.Of(play.Room), CanonicalJson.Of(replayed));
        Assert.Equal(play.Events.Count, play.Room.Revision);
    });

    [Fact]
    public void Should_be_the_same_room_after_storage() => Property.Holds(script =>
    {
        var play = RoomScript.Played(script);

        var restored = JsonSerializer.Deserialize<Room>(JsonSerializer.Serialize(play.Room));

        Assert.Equal(CanonicalJson.Of(play.Room), CanonicalJson.Of(restored));
    });

    [Fact]
    public void INV_Q1_Should_keep_every_entry_in_exactly_one_place() => Property.Holds(script =>
    {
        var play = RoomScript.Played(script);

        var added = InQueue<SongsAdded>(play).SelectMany(added => added.Songs).Select(song => song.EntryId);
        var found = play.Room.Queue.Songs.Keys
            .Concat(InQueue<SongRemoved>(play).Select(removed => removed.EntryId))
            .Concat(play.Events.OfType<TrackEnded>().Select(ended => ended.EntryId));
        if (play.Room.Current is { } current)
            found = found.Append(current.EntryId);
        Assert.Equal(added.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    });

    [Fact]
    public void INV_T5_Should_end_each_started_song_once_and_before_the_next() => Property.Holds(script =>
    {
        var play = RoomScript.Played(script);

        string? current = null;
        foreach (var happened in play.Events)
        {
            if (happened is TrackStarted started)
            {
                Assert.Null(current);
                current = started.EntryId;
            }
            else if (happened is TrackEnded ended)
            {
                Assert.Equal(current, ended.EntryId);
                current = null;
            }
        }

        Assert.Equal(play.Room.Current?.EntryId, current);
    });

    [Fact]
    public void INV_T6_Should_go_on_within_a_second_of_the_end_and_complete_no_song_early() => Property.Holds(script =>
    {
        var play = RoomScript.Played(script, (_, before, after) =>
        {
            if (before.Current is { } song && after.Current is { } next && song.EntryId != next.EntryId)
                Assert.InRange(after.Playback.Vector.AnchorTimeMs - after.History[0].EndedAtMs, 0, 1000);
        });

        Room? room = null;
        foreach (var happened in play.Events)
        {
            if (happened is TrackEnded { EndReason: EndReasons.Completed } ended)
                Assert.Equal(PlaybackRules.EndsAtMs(room!.Playback.Vector), ended.AtMs);
            room = RoomFold.Apply(room, happened);
        }
    });

    [Fact]
    public void INV_T4_Should_have_a_current_song_exactly_while_not_idle_and_never_in_the_queue() => Property.Holds(script =>
        RoomScript.Played(script, (play, _, after) =>
        {
            var (vector, current) = (after.Playback.Vector, after.Current);
            Assert.True(current is null ? vector.Status != PlaybackStatus.Playing : vector.Status != PlaybackStatus.Idle);
            Assert.Equal(vector.EntryId, current?.EntryId);
            Assert.True(current is null || !after.Queue.Songs.ContainsKey(current.EntryId));
            Assert.True(current is not null || after.Queue.Songs.IsEmpty || !play.Attendance.IsAnybodySeen);
        }));

    [Fact]
    public void INV_T3_INV_T9_Should_only_raise_revisions_and_keep_rate_and_duration() => Property.Holds(script =>
        RoomScript.Played(script, (_, before, after) =>
        {
            var (old, now) = (before.Playback.Vector, after.Playback.Vector);
            Assert.True((now.Epoch, now.Revision).CompareTo((old.Epoch, old.Revision)) >= 0);
            Assert.True(now.Revision != old.Revision || now == old);
            Assert.True(now.EntryId != old.EntryId || now.DurationMs == old.DurationMs);
            Assert.InRange(now.RatePermille, 500, 2000);
        }));

    [Fact]
    public void INV_T2_Should_keep_the_position_inside_the_song_and_never_move_it_back() => Property.Holds(script =>
        RoomScript.Played(script, (play, _, after) =>
        {
            var vector = after.Playback.Vector;
            var last = -1L;
            for (var atMs = play.NowMs - 1000; atMs < play.NowMs + 700_000; atMs += 9_973)
            {
                var position = vector.PositionAtMs(atMs);
                Assert.InRange(position, 0, vector.DurationMs);
                Assert.True(position >= last);
                last = position;
            }
        }), tries: 100);

    [Fact]
    public void INV_Q6_Should_skip_exactly_when_enough_of_the_eligible_want_it() => Property.Holds(script =>
        RoomScript.Played(script, (play, _, after) =>
        {
            var tally = RoomCourse.TallyOf(after, play.Moment);
            Assert.True(tally.Need >= 1);
            Assert.True(after.Queue.Current is not { } current || tally.Have < tally.Need || BallotRules.GuardLeftMs(current.StartedAtMs, play.NowMs) > 0);
        }));

    [Fact]
    public void INV_Q6_Should_start_each_song_without_skip_votes() => Property.Holds(script =>
        RoomScript.Played(script, (_, before, after) =>
            Assert.True(before.Current?.EntryId == after.Current?.EntryId || after.Queue.Current?.Ballots.IsEmpty != false)));

    [Fact]
    public void INV_M1_Should_have_one_present_host_once_the_grace_is_over() => Property.Holds(script =>
    {
        var play = RoomScript.Played(script);

        play.Pass(31_000);

        Assert.True(play.Attendance.Members.IsEmpty || play.Attendance.IsPresent(play.Room.HostUserId!));
    });

    private static IEnumerable<T> InQueue<T>(RoomScript play)
        where T : QueueEvent =>
        play.Events.OfType<QueueHappened>().Select(happened => happened.Happened).OfType<T>();
}
