using WhatsSound.Grains.Rooms;
using WhatsSound.Playback;
using WhatsSound.Queue;
using WhatsSound.Rooms;
using WhatsSound.Tests.Rules.Rooms;

namespace WhatsSound.Tests.Rules.Playback;

/// <summary>What history says of a song, and what the host does to its speed.</summary>
public class When_a_song_has_been_played
{
    private readonly RoomScript _play = new();

    public When_a_song_has_been_played()
    {
        _play.Join("u1");
        _play.Enqueue("u0", RoomScript.Song(1, 100_000), RoomScript.Song(2, 1_000_000));
    }

    private HistoryItem Last => _play.Room.History[0];

    [Fact]
    public void Should_say_how_it_was_received()
    {
        _play.Do((room, moment) => RoomRules.Vote(room, "u1", "e1", 1, moment));
        _play.Pass(10_000);
        _play.Do((room, moment) => RoomRules.VoteSkip(room, "u1", "e1", true, moment));
        _play.Pass(200_000);

        Assert.Equal(("e1", 2, 1, 2), (Last.EntryId, Last.Score, Last.SkipVotes, Last.Listeners));
        Assert.Equal((100_000, true), (Last.ListenedMs, Last.IsCounted));
    }

    [Fact]
    public void Should_count_what_was_played_and_not_where_it_was_moved_to()
    {
        _play.Pass(10_500);
        Host(new Seek { EntryId = "e1", PositionMs = 90_000 });
        _play.Pass(3_500);
        Host(new Pause());
        _play.Pass(60_000);
        Host(new Skip { EntryId = "e1" });

        Assert.Equal((13_000, false), (Last.ListenedMs, Last.IsCounted));
    }

    [Fact]
    public void Should_have_ended_no_sooner_than_it_began_where_it_is_skipped_while_it_is_announced()
    {
        Host(new Skip { EntryId = "e1" });

        Assert.Equal(_play.NowMs + (long)_play.Options.Lead.TotalMilliseconds, Last.StartedAtMs);
        Assert.Equal((Last.StartedAtMs, 0, false), (Last.EndedAtMs, Last.ListenedMs, Last.IsCounted));
    }

    [Fact]
    public void Should_say_whether_it_was_the_host_who_ended_it_or_another_who_may()
    {
        _play.Join("u2");
        Host(new GrantRole { ToUserId = "u2", Role = RoomRole.Moderator });
        _play.Pass(10_000);
        Act("u2", new Skip { EntryId = "e1" });
        Assert.Equal("skipped", Last.EndReason);

        Host(new Skip { EntryId = "e2" });
        Assert.Equal("hostSkip", Last.EndReason);

        Host(new SetPermission { Permission = "controlPlayback", Role = RoomRole.Moderator });
        _play.Enqueue("u0", RoomScript.Song(3, 100_000), RoomScript.Song(4, 100_000));
        Act("u2", new PlayEntry { EntryId = "e4" });
        Assert.Equal("skipped", Last.EndReason);
    }

    [Theory]
    [InlineData(49_999, 100_000, false)]
    [InlineData(50_000, 100_000, true)]
    [InlineData(239_999, 3_600_000, false)]
    [InlineData(240_000, 3_600_000, true)]
    public void Should_be_a_play_once_half_of_it_or_four_minutes_were_heard(long listenedMs, long durationMs, bool isCounted) =>
        Assert.Equal(isCounted, PlaybackRules.IsCounted(listenedMs, durationMs));

    [Theory]
    [InlineData(500)]
    [InlineData(2000)]
    public void Should_go_on_from_where_it_was_at_another_speed(int ratePermille)
    {
        _play.Pass(20_500);
        var before = _play.Room.Playback.Vector.PositionAtMs(_play.NowMs);

        Host(new SetRate { RatePermille = ratePermille });

        var vector = _play.Room.Playback.Vector;
        Assert.Equal((20_000, before), (before, vector.PositionAtMs(_play.NowMs)));
        Assert.Equal(before + (ratePermille * 10), vector.PositionAtMs(_play.NowMs + 10_000));
        Assert.Equal(_play.NowMs + (80_000 * 1000 / ratePermille), PlaybackRules.EndsAtMs(vector));
    }

    [Theory]
    [InlineData(499)]
    [InlineData(2001)]
    public void Should_refuse_a_speed_that_is_none(int ratePermille) =>
        Assert.Equal("ratePermille", Host(new SetRate { RatePermille = ratePermille }).Refusal?.Detail);

    [Fact]
    public void Should_not_let_listeners_change_its_speed() =>
        Assert.Equal(RefusalCode.Forbidden, _play.Do((room, moment) => RoomRules.Act(room, "u1", new SetRate { RatePermille = 1500 }, moment)).Refusal?.Code);

    [Fact]
    public void Should_name_the_next_song_to_be_loaded_with_the_vector()
    {
        var decision = Host(new Pause());

        var vector = RoomPublications.Of(before: null, decision.Room!, decision.Events).Single().Data.Read(WireJson.Default.PlaybackVector)!;

        Assert.Equal(new LoadHint { EntryId = "e2", Url = RoomScript.Song(2).Url }, vector.Next);
        Assert.Null(decision.Room!.Playback.Vector.Next);
    }

    [Fact]
    public void Should_name_with_a_start_what_comes_after_it()
    {
        _play.Enqueue("u0", RoomScript.Song(3, 100_000));

        var decision = Host(new Skip { EntryId = "e1" });

        var vector = RoomPublications.Of(before: null, decision.Room!, decision.Events).Single(static entry => entry.Event == RoomEvents.Playback).Data.Read(WireJson.Default.PlaybackVector)!;
        Assert.Equal(("e2", "e3"), (vector.EntryId, vector.Next?.EntryId));
    }

    [Fact]
    public void Should_announce_a_start_in_time_for_nineteen_of_twenty_and_never_more_than_two_seconds_ahead()
    {
        var members = Enumerable.Range(0, 20).ToDictionary(number => $"m{number}", _ => 0L, StringComparer.Ordinal);
        var latencies = new MemberLatencies();
        var least = TimeSpan.FromMilliseconds(500);
        Assert.Equal(least, latencies.Lead(least));

        foreach (var (userId, number) in members.Keys.Select((userId, number) => (userId, number)))
            latencies.Report(userId, number == 19 ? 50_000 : 20 * (number + 1), members);
        Assert.Equal(TimeSpan.FromMilliseconds(760), latencies.Lead(least));

        latencies.Report("m18", 3_000, members);
        Assert.Equal(TimeSpan.FromSeconds(2), latencies.Lead(least));

        latencies.Report("m0", 10, new Dictionary<string, long>(StringComparer.Ordinal) { ["m0"] = 0 });
        Assert.Equal(least, latencies.Lead(least));
    }

    [Fact]
    public void Should_not_wait_for_the_slowest_of_a_few_or_for_who_has_left()
    {
        var members = new Dictionary<string, long>(StringComparer.Ordinal) { ["near"] = 0, ["far"] = 0, ["lost"] = 0 };
        var latencies = new MemberLatencies();
        var least = TimeSpan.FromMilliseconds(500);
        latencies.Report("near", 20, members);
        latencies.Report("far", 400, members);
        latencies.Report("lost", 60_000, members);
        Assert.Equal(TimeSpan.FromMilliseconds(800), latencies.Lead(least));

        members.Remove("far");
        latencies.Keep(members);

        Assert.Equal(least, latencies.Lead(least));
    }

    private RoomDecision Host(RoomAction action) => Act("u0", action);

    private RoomDecision Act(string userId, RoomAction action) => _play.Do((room, moment) => RoomRules.Act(room, userId, action, moment));
}
