using System.Collections.Immutable;
using WhatsSound.Grains.Rooms;
using WhatsSound.Playback;
using WhatsSound.Rooms;
using WhatsSound.Tests.Rules.Rooms;

namespace WhatsSound.Tests.Rules.Playback;

/// <summary>A start is announced for as late as the room waits at most, and brought forward by enough players that are ready. u0 is host of six who may vote.</summary>
public class When_a_room_waits_for_players
{
    private readonly RoomScript _play = new();
    private readonly MemberReadiness _ready = new();

    public When_a_room_waits_for_players()
    {
        for (var i = 1; i < 5; i++)
            _play.Join($"u{i}");
        _play.Pass(20_000);
        _play.Do((room, moment) => RoomRules.Act(room, "u0", new UpdateSettings { WaitsForReady = true }, moment));
    }

    private PlaybackVector Vector => _play.Room.Playback.Vector;

    [Fact]
    public void Should_start_after_two_seconds_whoever_is_not_ready()
    {
        _play.Enqueue("u0", RoomScript.Song(1));

        Assert.Equal(_play.NowMs + 2_000, Vector.AnchorTimeMs);
        _play.Pass(3_000);
        Assert.Equal(1_000, Vector.PositionAtMs(_play.NowMs));
    }

    [Fact]
    public void Should_start_with_the_lead_once_four_of_five_are_ready()
    {
        _play.Enqueue("u0", RoomScript.Song(1));
        _play.Pass(300);
        Ready("e1", "u0", "u1", "u2");
        Assert.Equal(_play.NowMs + 1_700, Vector.AnchorTimeMs);

        Ready("e1", "u3");

        Assert.Equal((_play.NowMs + 500, 0L), (Vector.AnchorTimeMs, Vector.AnchorPositionMs));
        var revision = Vector.Revision;
        Ready("e1", "u4");
        Assert.Equal(revision, Vector.Revision);
    }

    [Fact]
    public void Should_not_wait_for_a_song_that_was_ready_before_it_was_next()
    {
        _play.Enqueue("u0", RoomScript.Song(1, 10_000), RoomScript.Song(2));
        _play.Pass(5_000);
        Ready("e2", "u0", "u1", "u2", "u3");
        var endsAtMs = PlaybackRules.EndsAtMs(Vector);

        _play.Do((room, moment) => RoomCourse.Advance(room, WithReady(moment with { NowMs = endsAtMs!.Value })));

        Assert.Equal(("e2", endsAtMs + 500), (Vector.EntryId, Vector.AnchorTimeMs));
    }

    [Fact]
    public void Should_wait_for_nobody_where_it_was_not_asked_to()
    {
        _play.Do((room, moment) => RoomRules.Act(room, "u0", new UpdateSettings { WaitsForReady = false }, moment));

        _play.Enqueue("u0", RoomScript.Song(1));

        Assert.Equal(_play.NowMs + 500, Vector.AnchorTimeMs);
    }

    [Fact]
    public void Should_forget_who_has_left_and_all_but_two_songs()
    {
        _ready.Report("u1", "e1");
        _ready.Report("u2", "e1");
        _ready.Keep(ImmutableDictionary.CreateRange([KeyValuePair.Create("u2", 0L)]));
        Assert.Equal(["u2"], _ready.Of("e1"));

        _ready.Report("u2", "e2");
        _ready.Report("u2", "e3");

        Assert.Equal((0, 1, 1), (_ready.Of("e1").Count, _ready.Of("e2").Count, _ready.Of("e3").Count));
    }

    private void Ready(string entryId, params string[] userIds)
    {
        foreach (var userId in userIds)
        {
            _ready.Report(userId, entryId);
            _play.Do((room, moment) => RoomCourse.Advance(room, WithReady(moment)));
        }
    }

    private RoomMoment WithReady(RoomMoment moment) => moment with { ReadyOf = _ready.Of };
}
