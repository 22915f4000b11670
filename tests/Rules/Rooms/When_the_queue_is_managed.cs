using WhatsSound.Grains.Queue.Reading;
using WhatsSound.Grains.Rooms;
using WhatsSound.Playback;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

/// <summary>Commands on a room's queue, each by its entry and with its permission: u0 is host, u1 and u2 listen.</summary>
public class When_the_queue_is_managed
{
    private readonly RoomScript _play = new();

    public When_the_queue_is_managed()
    {
        _play.Join("u1");
        _play.Join("u2");
        _play.Enqueue("u0", RoomScript.Song(0, 600_000));
        _play.Enqueue("u1", RoomScript.Song(1), RoomScript.Song(2));
        _play.Enqueue("u2", RoomScript.Song(3), RoomScript.Song(4));
    }

    private string Order => string.Join(' ', QueuePages.Window(_play.Room.Queue).Select(song => song.EntryId));

    [Fact]
    public void Should_play_a_pinned_song_next_for_who_may()
    {
        Refused(RefusalCode.Forbidden, Act("u1", new PinEntry { EntryId = "e5" }));

        Act("u0", new PinEntry { EntryId = "e5" });
        Assert.Equal("e5 e2 e3 e4", Order);

        Act("u0", new UnpinEntry { EntryId = "e5" });
        Assert.Equal("e2 e4 e3 e5", Order);
    }

    [Fact]
    public void Should_let_members_order_their_own_songs_and_the_host_those_of_all()
    {
        Act("u1", new MoveEntry { EntryId = "e3", BeforeEntryId = "e2" });
        Assert.Equal("e3 e4 e2 e5", Order);

        Assert.Equal("host", Refused(RefusalCode.Forbidden, Act("u1", new MoveEntry { EntryId = "e5", BeforeEntryId = "e4" })).Detail);
        Act("u0", new MoveEntry { EntryId = "e5", BeforeEntryId = "e4" });
        Assert.Equal("e3 e5 e2 e4", Order);
        Refused(RefusalCode.OrderFixed, Act("u0", new MoveEntry { EntryId = "e5", BeforeEntryId = "e3" }));
    }

    [Fact]
    public void Should_play_the_song_that_the_host_names_whatever_comes_before_it()
    {
        Assert.Equal("host", Refused(RefusalCode.Forbidden, Act("u1", new PlayEntry { EntryId = "e5" })).Detail);
        Refused(RefusalCode.EntryNotFound, Act("u0", new PlayEntry { EntryId = "none" }));
        Assert.Equal("e1", _play.Room.Current!.EntryId);

        Act("u0", new PlayEntry { EntryId = "e5" });

        Assert.Equal(("e5", "e2 e3 e4"), (_play.Room.Current!.EntryId, Order));
        Assert.Equal(("e1", EndReasons.HostSkip), (_play.Room.History[0].EntryId, _play.Room.History[0].EndReason));
        Assert.Equal((PlaybackStatus.Playing, _play.NowMs + 500), (_play.Room.Playback.Vector.Status, _play.Room.Playback.Vector.AnchorTimeMs));
        Assert.Empty(Act("u0", new PlayEntry { EntryId = "e5" }).Events);
    }

    [Fact]
    public void Should_take_as_many_songs_of_a_user_as_the_deployment_says_once_the_room_says_nothing_of_its_own()
    {
        Act("u0", new SetQueueMode { SongsPerUserMax = 2, MinutesPerUserMax = 60 });
        Refused(RefusalCode.UserQuota, Act("u1", new Enqueue { Tracks = [RoomScript.Song(5)] }));

        Assert.Null(Act("u0", new SetQueueMode { SongsPerUserMax = 0 }).Refusal);

        Assert.Equal((null, 60), (_play.Room.QueueLimits!.SongsPerUserMax, _play.Room.QueueLimits.MinutesPerUserMax));
        Assert.Null(Act("u1", new Enqueue { Tracks = [RoomScript.Song(5)] }).Refusal);
        Assert.Empty(Act("u0", new SetQueueMode { SongsPerUserMax = 0 }).Events);
        Refused(RefusalCode.BadRequest, Act("u0", new SetQueueMode { SongsPerUserMax = -1 }));
    }

    [Fact]
    public void Should_undo_by_the_number_of_the_answer_and_once()
    {
        var cleared = Act("u0", new ClearQueue());
        Assert.Empty(_play.Room.Queue.Songs);
        Refused(RefusalCode.Forbidden, Act("u1", new Undo { Operation = cleared.Operation!.Value }));

        Act("u0", new Undo { Operation = cleared.Operation!.Value });

        Assert.Equal("e2 e4 e3 e5", Order);
        Refused(RefusalCode.UndoGone, Act("u0", new Undo { Operation = cleared.Operation!.Value }));
    }

    [Fact]
    public void Should_bring_nothing_back_for_who_may_add_nothing_now()
    {
        var added = Act("u1", new Enqueue { Tracks = [RoomScript.Song(7)] });
        var removed = Act("u1", new RemoveEntry { EntryId = "e2" });
        Act("u0", new ApplySanction { UserId = "u1", Kind = SanctionKind.QueueBan, ForMs = 1000, Reason = "spam" });

        var refusal = Refused(RefusalCode.Forbidden, Act("u1", new Undo { Operation = removed.Operation!.Value }));
        Assert.Equal(("queueBan", true), (refusal.Detail, refusal.Retryable));
        Assert.Null(Act("u1", new Undo { Operation = added.Operation!.Value }).Refusal);

        _play.Pass(1000);
        Act("u0", new SetPermission { Permission = "addSongs", Role = RoomRole.Dj });
        Assert.Equal("dj", Refused(RefusalCode.Forbidden, Act("u1", new Undo { Operation = removed.Operation.Value })).Detail);
        Assert.DoesNotContain("e2", _play.Room.Queue.Songs.Keys);
        Act("u0", new SetPermission { Permission = "addSongs" });
        Assert.Null(Act("u1", new Undo { Operation = removed.Operation.Value }).Refusal);
        Assert.Contains("e2", _play.Room.Queue.Songs.Keys);
    }

    [Fact]
    public void Should_clear_the_own_songs_and_those_of_others_only_for_who_manages()
    {
        Refused(RefusalCode.Forbidden, Act("u1", new ClearQueue { UserId = "u2" }));

        Act("u1", new ClearQueue { UserId = "u1" });

        Assert.Equal("e4 e5", Order);
    }

    [Fact]
    public void Should_take_songs_of_others_out_for_who_may_do_only_that()
    {
        Act("u0", new GrantRole { ToUserId = "u1", Role = RoomRole.Dj });
        Assert.Equal("host", Refused(RefusalCode.Forbidden, Act("u1", new RemoveEntry { EntryId = "e5" })).Detail);
        Act("u0", new SetPermission { Permission = "removeSongs", Role = RoomRole.Dj });

        var removed = Act("u1", new RemoveEntry { EntryId = "e5" });

        Assert.Null(removed.Refusal);
        Assert.DoesNotContain("e5", _play.Room.Queue.Songs.Keys);
        Refused(RefusalCode.Forbidden, Act("u1", new ClearQueue()));
        Assert.Null(Act("u1", new Undo { Operation = removed.Operation!.Value }).Refusal);
        Assert.Contains("e5", _play.Room.Queue.Songs.Keys);
    }

    [Fact]
    public void Should_be_unpinned_by_who_manages_the_queue_though_they_may_not_pin()
    {
        Act("u0", new PinEntry { EntryId = "e5" });
        Act("u0", new GrantRole { ToUserId = "u1", Role = RoomRole.Moderator });
        Act("u0", new SetPermission { Permission = "pinSongs", Role = RoomRole.CoHost });
        Refused(RefusalCode.Forbidden, Act("u1", new PinEntry { EntryId = "e4" }));

        Assert.Null(Act("u1", new UnpinEntry { EntryId = "e5" }).Refusal);
        Assert.False(_play.Room.Queue.Songs["e5"].IsPinned);
    }

    [Fact]
    public void Should_leave_a_pinned_song_to_who_pinned_it()
    {
        Act("u0", new PinEntry { EntryId = "e5" });
        Act("u0", new GrantRole { ToUserId = "u1", Role = RoomRole.Dj });
        Act("u0", new SetPermission { Permission = "pinSongs", Role = RoomRole.Dj });

        Assert.Equal("e5", Refused(RefusalCode.OrderFixed, Act("u1", new PinEntry { EntryId = "e5" })).Detail);
        Assert.Equal("u0", _play.Room.Queue.Songs["e5"].PinnedBy);
    }

    [Fact]
    public void Should_have_nothing_to_undo_where_a_list_of_songs_was_empty()
    {
        var before = _play.Room.Queue.Undo.LastNumber;

        Assert.Empty(Act("u0", new ShuffleQueue { UserId = "nobody" }).Events);
        Assert.Equal(before, _play.Room.Queue.Undo.LastNumber);
    }

    [Fact]
    public void Should_shuffle_to_the_same_order_whenever_it_is_replayed()
    {
        Act("u0", new SetQueueMode { Mode = QueueMode.Fifo });
        Act("u0", new ShuffleQueue());

        var replayed = _play.Events.Aggregate((Room?)null, RoomFold.Apply)!;

        Assert.Equal(Order, string.Join(' ', QueuePages.Window(replayed.Queue).Select(song => song.EntryId)));
        Assert.Equal(["e2", "e3", "e4", "e5"], Order.Split(' ').Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_order_by_the_mode_that_was_set_and_tell_it()
    {
        Refused(RefusalCode.Forbidden, Act("u1", new SetQueueMode { Mode = QueueMode.Votes }));

        Act("u0", new SetQueueMode { Mode = QueueMode.Fifo });

        Assert.Equal("e2 e3 e4 e5", Order);
        Assert.Equal(QueueMode.Fifo, QueueViews.Of(_play.Room, "mode", null).Mode);
    }

    [Fact]
    public void Should_take_only_what_the_room_has_set()
    {
        Act("u0", new SetQueueMode { SongsPerUserMax = 3 });
        var batch = Act("u1", new Enqueue { Tracks = [RoomScript.Song(10), RoomScript.Song(11)] });
        Assert.Equal(RefusalCode.UserQuota, batch.Songs!.Value[1].Refusal?.Code);

        Act("u0", new UpdateSettings { IsQueueLocked = true });
        Refused(RefusalCode.QueueLocked, Act("u2", new Enqueue { Tracks = [RoomScript.Song(12)] }));
        Assert.Null(Act("u0", new Enqueue { Tracks = [RoomScript.Song(13)] }).Refusal);
        Assert.Equal(3, _play.Room.QueueLimits!.SongsPerUserMax);
    }

    [Fact]
    public void Should_not_play_a_song_again_within_the_window()
    {
        Act("u0", new SetQueueMode { NoRepeatMinutes = 30 });

        Act("u0", new Skip { EntryId = "e1" });

        Refused(RefusalCode.RecentlyPlayed, Act("u2", new Enqueue { Tracks = [RoomScript.Song(0, 600_000)] }));
    }

    [Fact]
    public void Should_not_vote_where_voting_is_off()
    {
        Act("u0", new SetQueueMode { IsVotingOff = true });
        _play.Pass(10_000);

        Refused(RefusalCode.VotingDisabled, Act("u1", new Vote { EntryId = "e4", Value = 1 }));
        Refused(RefusalCode.VotingDisabled, Act("u1", new VoteSkip { EntryId = "e1", IsOn = true }));
    }

    [Fact]
    public void Should_vote_on_the_song_that_plays()
    {
        var decision = Act("u1", new Vote { EntryId = "e1", Value = 1 });

        Assert.Equal(2, QueueViews.Of(decision.Room!, "voted", "e1").Current!.Score);
    }

    [Fact]
    public void Should_play_the_fallback_playlist_when_nothing_is_queued()
    {
        Act("u0", new ClearQueue());
        Act("u0", new SetFallback { Tracks = [RoomScript.Song(20, 60_000)] });

        Act("u0", new Skip { EntryId = "e1" });

        Assert.Equal(RoomScript.Song(20).Url, _play.Room.Current!.Track.Url);
        Assert.Equal((60_000, PlaybackStatus.Playing), (_play.Room.Playback.Vector.DurationMs, _play.Room.Playback.Vector.Status));
    }

    [Fact]
    public void Should_write_nothing_of_a_fallback_playlist_that_is_there_already()
    {
        Assert.Single(Act("u0", new SetFallback { Tracks = [RoomScript.Song(20, 60_000)] }).Events);

        Assert.Empty(Act("u0", new SetFallback { Tracks = [RoomScript.Song(20, 60_000)] }).Events);
        Assert.Single(Act("u0", new SetFallback { Tracks = [] }).Events);
    }

    [Fact]
    public void Should_end_a_song_that_enough_players_cannot_play()
    {
        _play.Pass(10_000);

        Act("u1", new ReportUnplayable { EntryId = "e1" });
        Assert.Equal("e1", _play.Room.Current!.EntryId);
        Act("u2", new ReportUnplayable { EntryId = "e1" });

        Assert.Equal("e2", _play.Room.Current!.EntryId);
        Assert.Equal(EndReasons.Error, _play.Room.History[0].EndReason);
    }

    [Fact]
    public void Should_end_a_song_that_enough_players_say_is_over()
    {
        _play.Pass(10_000);

        Act("u1", new ReportEnded { EntryId = "e1" });
        Act("u2", new ReportEnded { EntryId = "e1" });

        Assert.Equal(EndReasons.Completed, _play.Room.History[0].EndReason);
    }

    [Fact]
    public void Should_write_nothing_of_players_that_end_with_the_song()
    {
        _play.Pass(597_000);

        Assert.Empty(Act("u1", new ReportEnded { EntryId = "e1" }).Events);
    }

    private RoomDecision Act(string userId, RoomAction action) => _play.Do((room, moment) => action is Enqueue enqueue
        ? RoomRules.Enqueue(room, userId, null, enqueue.Tracks, () => $"new-{Guid.NewGuid():N}", moment)
        : RoomRules.Act(room, userId, action, moment));

    private static Refusal Refused(string code, RoomDecision decision)
    {
        Assert.Equal(code, decision.Refusal?.Code);
        return decision.Refusal!;
    }
}
