using System.Text.Json;
using WhatsSound.Grains.Playback;
using WhatsSound.Grains.Rooms;
using WhatsSound.Playback;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_anything_happens_in_a_room
{
    [Fact]
    public void Should_be_the_sum_of_its_events() => Property.Holds(script =>
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
    public void Should_keep_every_entry_in_exactly_one_place() => Property.Holds(script =>
    {
        var play = RoomScript.Played(script);

        var added = play.Events.OfType<EntriesAdded>().SelectMany(added => added.Entries).Select(entry => entry.EntryId);
        var found = play.Room.Queue.Entries.Keys
            .Concat(play.Events.OfType<EntryRemoved>().Select(removed => removed.EntryId))
            .Concat(play.Events.OfType<TrackEnded>().Select(ended => ended.EntryId));
        if (play.Room.Playback.Current is { } current)
            found = found.Append(current.EntryId);
        Assert.Equal(added.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    });

    [Fact]
    public void Should_end_each_started_song_once_and_before_the_next() => Property.Holds(script =>
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

        Assert.Equal(play.Room.Playback.Current?.EntryId, current);
    });

    [Fact]
    public void Should_have_a_current_song_exactly_while_not_idle_and_never_in_the_queue() => Property.Holds(script =>
        RoomScript.Played(script, (play, _, after) =>
        {
            var playback = after.Playback;
            Assert.Equal(playback.Vector.Status == PlaybackStatus.Idle, playback.Current is null);
            Assert.Equal(playback.Vector.EntryId, playback.Current?.EntryId);
            Assert.True(playback.Current is null || !after.Queue.Entries.ContainsKey(playback.Current.EntryId));
            Assert.True(playback.Current is not null || after.Queue.Entries.IsEmpty || !play.Attendance.IsAnybodySeen);
        }));

    [Fact]
    public void Should_only_raise_revisions_and_keep_rate_and_duration() => Property.Holds(script =>
        RoomScript.Played(script, (_, before, after) =>
        {
            var (old, now) = (before.Playback.Vector, after.Playback.Vector);
            Assert.True((now.Epoch, now.Revision).CompareTo((old.Epoch, old.Revision)) >= 0);
            Assert.True(now.Revision != old.Revision || now == old);
            Assert.True(now.EntryId != old.EntryId || now.DurationMs == old.DurationMs);
            Assert.InRange(now.RatePermille, 500, 2000);
        }));

    [Fact]
    public void Should_keep_the_position_inside_the_song_and_never_move_it_back() => Property.Holds(script =>
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
    public void Should_skip_exactly_when_enough_of_the_eligible_want_it() => Property.Holds(script =>
        RoomScript.Played(script, (play, _, after) =>
        {
            var tally = SkipRules.Tally(after.Playback, play.Attendance, play.NowMs);
            Assert.True(tally.Need >= 1);
            Assert.True(after.Playback.Current is null || tally.Have < tally.Need || SkipRules.GuardLeftMs(after.Playback, play.NowMs) > 0);
        }));

    [Fact]
    public void Should_start_each_song_without_skip_votes() => Property.Holds(script =>
        RoomScript.Played(script, (_, before, after) =>
            Assert.True(before.Playback.Current?.EntryId == after.Playback.Current?.EntryId || after.Playback.SkipVoters.IsEmpty)));

    [Fact]
    public void Should_have_one_present_host_once_the_grace_is_over() => Property.Holds(script =>
    {
        var play = RoomScript.Played(script);

        play.Pass(31_000);

        Assert.True(play.Attendance.Members.IsEmpty || play.Attendance.IsPresent(play.Room.HostUserId!));
    });
}
