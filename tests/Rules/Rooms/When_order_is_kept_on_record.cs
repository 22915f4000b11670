using System.Collections.Immutable;
using WhatsSound.Grains.Rooms;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

/// <summary>What the log has of what those do who run a room, and of whom it forgets first.</summary>
public class When_order_is_kept_on_record
{
    private readonly RoomScript _play = new();

    public When_order_is_kept_on_record()
    {
        foreach (var user in new[] { "mod", "anna", "bob" })
            _play.Join(user);
        Do("u0", new GrantRole { ToUserId = "mod", Role = RoomRole.Moderator });
    }

    [Fact]
    public void Should_have_how_the_queue_was_set()
    {
        Do("mod", new SetQueueMode { Mode = QueueMode.Fifo, SongsPerUserMax = 3, IsVotingOff = true });
        Do("mod", new SetQueueMode { SongsPerUserMax = 0 });

        Assert.Equal(["setQueueMode mod  fifo", "setQueueLimits mod  songsPerUserMax 3, isVotingOff on", "setQueueLimits mod  songsPerUserMax none"], Lines(3));
    }

    [Fact]
    public void Should_have_what_plays_when_nothing_is_queued()
    {
        Do("mod", new SetFallback { Tracks = [RoomScript.Song(1), RoomScript.Song(2)] });

        Assert.Equal(["setFallback mod  2"], Lines(1));
    }

    [Fact]
    public void Should_have_who_was_made_host_by_whom_and_who_followed()
    {
        Do("u0", new TransferHost { ToUserId = "anna" });
        _play.LeaveOnPurpose("anna");

        Assert.Equal(["transferHost u0 anna transfer", "transferHost  u0 left"], Lines(2));
    }

    [Fact]
    public void Should_have_whose_songs_were_removed_cleared_pinned_or_skipped_by_somebody_else()
    {
        Queued("anna", 4);
        Do("mod", new RemoveEntry { EntryId = "e2" });
        Do("mod", new PinEntry { EntryId = "e3" });
        Do("mod", new Skip { EntryId = "e1" });
        Do("mod", new ClearQueue { UserId = "anna" });
        Queued("bob", 1);
        Do("mod", new ClearQueue());

        Assert.Equal(["removeSong mod anna Song 2", "pinSong mod anna Song 3", "skipSong mod anna Song 1", "clearQueue mod anna ", "clearQueue mod  "], Lines(5));
    }

    [Fact]
    public void Should_have_who_undid_what_somebody_else_had_done_to_the_queue()
    {
        Queued("anna", 3);
        var added = _play.Room.Queue.Undo.LastNumber;
        Do("anna", new RemoveEntry { EntryId = "e2" });
        Do("anna", new Undo { Operation = _play.Room.Queue.Undo.LastNumber });
        Assert.DoesNotContain(_play.Room.Log, static line => line.Action == "undo");

        Do("mod", new Undo { Operation = added });

        Assert.Equal(["undo mod anna "], Lines(1));
    }

    [Fact]
    public void Should_have_who_ended_a_song_to_play_another()
    {
        Queued("anna", 2);
        Do("u0", new PlayEntry { EntryId = "e2" });

        Assert.Equal(["skipSong u0 anna Song 1"], Lines(1));
    }

    [Fact]
    public void Should_have_nothing_of_what_somebody_does_to_their_own_songs_or_members_by_vote()
    {
        Queued("mod", 4);
        var before = _play.Room.Log;
        Do("mod", new RemoveEntry { EntryId = "e2" });
        Do("mod", new PinEntry { EntryId = "e3" });
        Do("mod", new Skip { EntryId = "e1" });
        Do("mod", new ClearQueue { UserId = "mod" });
        _play.Pass(20_000);
        foreach (var user in new[] { "u0", "anna", "bob" })
            _play.Do((room, moment) => RoomRules.VoteSkip(room, user, "e3", isOn: true, moment));

        Assert.Null(_play.Room.Current);
        Assert.Equal(before, _play.Room.Log);
    }

    [Fact]
    public void Should_forget_first_what_those_did_who_did_most()
    {
        var log = ImmutableArray<LogLine>.Empty;
        for (var number = 0; number < 5; number++)
            log = ModerationLog.With(log, new LogLine(number, "ban", "u0", Number: number));
        for (var number = 5; number < ModerationLog.LinesMax + 100; number++)
            log = ModerationLog.With(log, new LogLine(number, "deleteChat", "mod", Number: number));

        Assert.Equal(ModerationLog.LinesMax, log.Length);
        Assert.Equal([0, 1, 2, 3, 4, 105], log.Take(6).Select(static line => line.Number));
        Assert.Equal(ModerationLog.LinesMax + 99, log[^1].Number);
    }

    /// <summary>Each who comes by an invite has a line of their own: counted one by one, nobody has fewer than they.</summary>
    [Fact]
    public void Should_forget_first_who_came_by_an_invite_where_a_crowd_did()
    {
        const int Bans = 20;
        var log = ImmutableArray<LogLine>.Empty;
        for (var number = 0; number < ModerationLog.LinesMax; number++)
            log = ModerationLog.With(log, new LogLine(number, InviteUsed.Use, $"guest-{number}", Number: number));
        for (var ban = 0; ban < Bans; ban++)
            log = ModerationLog.With(log, new LogLine(1_000_000, "ban", "mod"));

        Assert.Equal((ModerationLog.LinesMax, Bans), (log.Length, log.Count(static line => line.By == "mod")));
        Assert.Equal(Bans, log[0].Number);
    }

    /// <summary>By it, it is known how much somebody has done in the last minute.</summary>
    [Fact]
    public void Should_forget_nothing_of_the_last_minute_while_there_is_something_older()
    {
        var log = ImmutableArray<LogLine>.Empty;
        for (var number = 0; number < ModerationLog.LinesMax - 30; number++)
            log = ModerationLog.With(log, new LogLine(number, "close", $"owner-{number}", Number: number));
        for (var ban = 0; ban < 60; ban++)
            log = ModerationLog.With(log, new LogLine(1_000_000 + ban, "ban", "mod"));

        Assert.Equal((ModerationLog.LinesMax, 60), (log.Length, log.Count(static line => line.By == "mod")));
    }

    [Fact]
    public void Should_keep_no_more_than_it_says_of_a_single_minute()
    {
        var log = ImmutableArray<LogLine>.Empty;
        for (var number = 0; number < ModerationLog.LinesMax + 5; number++)
            log = ModerationLog.With(log, new LogLine(1_000_000, InviteUsed.Use, $"guest-{number}", Number: number));

        Assert.Equal((ModerationLog.LinesMax, 5L), (log.Length, log[0].Number));
    }

    /// <summary>The log has what is done to songs; keeping order does not wait for it.</summary>
    [Fact]
    public void Should_let_who_has_removed_many_songs_keep_order_and_remove_more()
    {
        var songs = new RoomOptions().LogLinesPerMinuteMax + 5;
        Do("u0", new SetQueueMode { SongsPerUserMax = songs + 1 });
        Queued("anna", songs + 1);

        for (var song = 2; song <= songs + 1; song++)
            Do("mod", new RemoveEntry { EntryId = $"e{song}" });
        Do("mod", new Skip { EntryId = "e1" });
        Do("mod", new ApplySanction { UserId = "anna", Kind = SanctionKind.Ban });
        Do("mod", new SetQueueMode { Mode = QueueMode.Fifo });

        Assert.Equal(["skipSong mod anna Song 1", "ban mod anna ", "setQueueMode mod  fifo"], Lines(3));
    }

    [Fact]
    public void Should_not_lose_what_others_told_to_one_who_tells_of_everybody()
    {
        Do("anna", new ReportMember { UserId = "bob", Reason = "rude" });
        for (var i = 0; i < MemberReport.Max + 20; i++)
        {
            Do("bob", new ReportMember { UserId = $"user-{i}", Reason = "spam" });
            _play.Pass(ModerationRules.ReportEveryMs);
        }

        Assert.Equal((MemberReport.Max, "anna"), (_play.Room.Reports.Length, _play.Room.Reports[0].By));
        Assert.Equal(["user-21", $"user-{MemberReport.Max + 19}"], [_play.Room.Reports[1].UserId, _play.Room.Reports[^1].UserId]);
    }

    private void Queued(string userId, int songs) => Assert.Null(_play.Enqueue(userId, [.. Enumerable.Range(1, songs).Select(static song => RoomScript.Song(song))]).Refusal);

    private IEnumerable<string> Lines(int count) => _play.Room.Log.TakeLast(count).Select(static line => $"{line.Action} {line.By} {line.UserId} {line.Detail}");

    private void Do(string by, RoomAction action) => Assert.Null(_play.Do((room, moment) => RoomRules.Act(room, by, action, moment)).Refusal);
}
