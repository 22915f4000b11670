using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_somebody_is_sanctioned
{
    private const long MinuteMs = 60_000;

    private readonly RoomScript _play = new();

    public When_somebody_is_sanctioned()
    {
        foreach (var user in new[] { "mod", "mod2", "troll", "anna" })
            _play.Join(user);
        Done(Act("u0", new GrantRole { ToUserId = "mod", Role = RoomRole.Moderator }));
        Done(Act("u0", new GrantRole { ToUserId = "mod2", Role = RoomRole.Moderator }));
    }

    [Theory]
    [InlineData(SanctionKind.Ban, RefusalCode.Banned)]
    [InlineData(SanctionKind.Kick, RefusalCode.Kicked)]
    public void INV_M7_should_be_out_and_told_why_and_for_how_long(SanctionKind kind, string code)
    {
        Done(Apply("mod", "troll", kind, MinuteMs, "shouting"));
        _play.Pass(20_000);

        var refusal = SanctionRules.RefuseEntry(_play.Room, "troll", _play.NowMs);

        Assert.Equal((code, "shouting", 40_000L, true), (refusal!.Code, refusal.Detail, refusal.RetryAfterMs, refusal.Retryable));
    }

    [Theory]
    [InlineData(SanctionKind.Ban, RefusalCode.Banned)]
    [InlineData(SanctionKind.Kick, RefusalCode.Kicked)]
    public void INV_M7_should_be_permitted_nothing_while_out_whatever_their_role(SanctionKind kind, string code)
    {
        Done(Apply("u0", "mod", kind));

        foreach (var permission in RoomPermissions.All)
            Assert.Equal(code, new RoomTurn("room", _play.Room, "mod", null, _play.Moment, static () => "").Check(permission)?.Code);
    }

    [Fact]
    public void INV_M7_should_not_open_the_room_again_when_banned()
    {
        Done(Act("u0", new SetPermission { Permission = "reopenRoom", Role = RoomRole.CoHost }));
        Done(Act("u0", new GrantRole { ToUserId = "anna", Role = RoomRole.CoHost }));
        Done(Apply("u0", "anna", SanctionKind.Ban));
        Done(Act("u0", new CloseRoom()));

        Assert.Equal(RefusalCode.Banned, Act("anna", new ReopenRoom()).Refusal?.Code);
        Assert.NotNull(_play.Room.ClosedAtMs);
    }

    [Theory]
    [InlineData(SanctionKind.Ban)]
    [InlineData(SanctionKind.Kick)]
    public void INV_M1_should_be_given_neither_the_host_nor_the_room_while_presence_still_has_them(SanctionKind kind)
    {
        Done(Apply("mod", "troll", kind, MinuteMs, "shouting"));

        Assert.Equal(RefusalCode.NotMember, Act("u0", new TransferHost { ToUserId = "troll" }).Refusal?.Code);
        Assert.Equal(RefusalCode.NotMember, Act("u0", new GrantRole { ToUserId = "troll", Role = RoomRole.Owner }).Refusal?.Code);
        Assert.Equal(("u0", "u0"), (_play.Room.HostUserId, _play.Room.OwnerUserId));
    }

    [Theory]
    [InlineData(SanctionKind.Ban)]
    [InlineData(SanctionKind.Kick)]
    [InlineData(SanctionKind.Timeout)]
    [InlineData(SanctionKind.Mute)]
    [InlineData(SanctionKind.QueueBan)]
    public void INV_M7_should_block_nothing_once_it_is_over_though_nothing_ran(SanctionKind kind)
    {
        Done(Apply("mod", "troll", kind, MinuteMs));
        var room = _play.Room;
        var endMs = _play.NowMs + MinuteMs;

        Assert.NotNull(RefusalOf(room, endMs - 1));
        Assert.Null(RefusalOf(room, endMs));

        static Refusal? RefusalOf(Room room, long nowMs) => SanctionRules.RefuseEntry(room, "troll", nowMs)
            ?? SanctionRules.RefusePermission(room, "troll", RoomPermission.Chat, nowMs) ?? SanctionRules.RefusePermission(room, "troll", RoomPermission.AddSongs, nowMs);
    }

    [Fact]
    public void Should_do_nothing_in_a_timeout_but_tell_of_others()
    {
        Done(Apply("mod", "troll", SanctionKind.Timeout, MinuteMs));
        _play.Enqueue("anna", RoomScript.Song(1), RoomScript.Song(2));

        Assert.Equal(RefusalCode.TimedOut, _play.Enqueue("troll", RoomScript.Song(3)).Refusal?.Code);
        Assert.Equal(RefusalCode.TimedOut, _play.Do((room, moment) => RoomRules.Vote(room, "troll", "e2", 1, moment)).Refusal?.Code);
        Assert.Equal(RefusalCode.TimedOut, _play.Do((room, moment) => RoomRules.VoteSkip(room, "troll", "e1", true, moment)).Refusal?.Code);
        Assert.Equal(RefusalCode.TimedOut, _play.Do((room, moment) => RoomRules.RemoveEntry(room, "troll", "e2", moment)).Refusal?.Code);
        Assert.Equal(RefusalCode.TimedOut, SanctionRules.RefuseToSpeak(_play.Room, "troll", _play.NowMs)?.Code);
        Done(Act("troll", new ReportMember { UserId = "anna", Reason = "spam" }));
    }

    [Fact]
    public void Should_vote_but_not_speak_when_muted_and_not_queue_when_banned_from_the_queue()
    {
        Done(Apply("mod", "troll", SanctionKind.Mute));
        Done(Apply("mod", "troll", SanctionKind.QueueBan));
        _play.Enqueue("anna", RoomScript.Song(1), RoomScript.Song(2));

        Assert.Equal(RefusalCode.Muted, SanctionRules.RefuseToSpeak(_play.Room, "troll", _play.NowMs)?.Code);
        Assert.Equal("queueBan", _play.Enqueue("troll", RoomScript.Song(3)).Refusal?.Detail);
        Done(_play.Do((room, moment) => RoomRules.Vote(room, "troll", "e2", 1, moment)));
    }

    [Theory]
    [InlineData(SanctionKind.Ban)]
    [InlineData(SanctionKind.Timeout)]
    public void Should_have_no_votes_any_more_in_the_order_or_in_a_skip(SanctionKind kind)
    {
        _play.Enqueue("anna", RoomScript.Song(1), RoomScript.Song(2), RoomScript.Song(3));
        _play.Pass(20_000);
        Done(_play.Do((room, moment) => RoomRules.Vote(room, "troll", "e3", 1, moment)));
        Done(_play.Do((room, moment) => RoomRules.VoteSkip(room, "troll", "e1", true, moment)));

        Done(Apply("mod", "troll", kind, MinuteMs));

        Assert.Equal((1, 0), (_play.Room.Queue.Songs["e3"].Score, _play.Room.Queue.Current!.Ballots.Skip.Count));
    }

    [Theory]
    [InlineData(SanctionKind.Ban)]
    [InlineData(SanctionKind.Kick)]
    [InlineData(SanctionKind.Timeout)]
    public void Should_not_be_one_of_those_whose_say_it_takes_until_it_is_over(SanctionKind kind)
    {
        _play.Pass(20_000);
        Assert.Contains("troll", _play.Moment.Electorate.Eligible);

        Done(Apply("mod", "troll", kind, MinuteMs));

        Assert.DoesNotContain("troll", _play.Moment.Electorate.Eligible);
        Assert.Equal(_play.NowMs + MinuteMs, _play.Moment.Electorate.DueAtMs);
        _play.Pass(MinuteMs);
        Assert.Contains("troll", _play.Moment.Electorate.Eligible);
    }

    [Fact]
    public void Should_be_told_to_the_room_after_what_follows_for_the_queue()
    {
        _play.Enqueue("anna", RoomScript.Song(1), RoomScript.Song(2));
        Done(_play.Do((room, moment) => RoomRules.Vote(room, "troll", "e2", 1, moment)));

        var decision = Apply("mod", "troll", SanctionKind.Ban);

        Assert.Contains(RoomPublications.Of(before: null, decision.Room!, decision.Events), entry => entry.Channel == "room:room:queue");
        Assert.Equal(decision.Room!.Revision, _play.Events.Count);
    }

    [Theory]
    [InlineData("mod", "mod2", RefusalCode.TargetRankTooHigh)]
    [InlineData("mod", "u0", RefusalCode.TargetRankTooHigh)]
    [InlineData("mod", "mod", RefusalCode.CannotTargetSelf)]
    [InlineData("anna", "troll", RefusalCode.Forbidden)]
    public void INV_M2_should_be_below_whoever_does_it(string by, string target, string code)
    {
        foreach (var kind in Enum.GetValues<SanctionKind>().Where(static kind => kind != SanctionKind.ShadowMute))
            Assert.Equal(code, Apply(by, target, kind).Refusal?.Code);
    }

    [Fact]
    public void INV_M2_should_not_be_let_off_by_somebody_below_whoever_did_it()
    {
        Done(Apply("u0", "troll", SanctionKind.Ban));

        Assert.Equal(RefusalCode.TargetRankTooHigh, Act("mod", new LiftSanction { UserId = "troll", Kind = SanctionKind.Ban }).Refusal?.Code);
        Assert.Equal(RefusalCode.TargetRankTooHigh, Apply("mod", "troll", SanctionKind.Ban, 1).Refusal?.Code);
        Done(Act("u0", new LiftSanction { UserId = "troll", Kind = SanctionKind.Ban }));
        Assert.Null(SanctionRules.RefuseEntry(_play.Room, "troll", _play.NowMs));
    }

    [Fact]
    public void Should_be_told_to_the_room_without_the_reason_and_to_the_user_with_it()
    {
        var decision = Apply("mod", "troll", SanctionKind.Mute, MinuteMs, "shouting");

        var entries = RoomPublications.Of(before: null, decision.Room!, decision.Events);

        Assert.Equal(["room:room", "user:troll:notifications"], entries.Select(entry => entry.Channel));
        Assert.Equal([null, "shouting"], entries.Select(Read).Select(notice => notice.Reason));
        Assert.All(entries.Select(Read), notice => Assert.Equal(("troll", SanctionKind.Mute, decision.Room!.Revision), (notice.UserId, notice.Kind, notice.Revision)));

        static SanctionNotice Read(OutboxEntry entry) => entry.Data.Read(WireJson.Default.SanctionNotice)!;
    }

    [Fact]
    public void Should_tell_nobody_of_a_shadow_mute_which_is_off_by_default()
    {
        Assert.Equal("allowsShadowMute", Apply("u0", "troll", SanctionKind.ShadowMute).Refusal?.Detail);
        var room = _play.Room with { Settings = _play.Room.Settings with { AllowsShadowMute = true } };
        var decision = RoomRules.Act(room, "u0", new ApplySanction { UserId = "troll", Kind = SanctionKind.ShadowMute }, _play.Moment);

        Assert.Empty(RoomPublications.Of(before: null, decision.Room!, decision.Events));
        Assert.Empty(ModerationViews.Of(decision.Room!, "troll", _play.NowMs));
        Assert.Null(SanctionRules.RefuseToSpeak(decision.Room!, "troll", _play.NowMs));
        Assert.Equal("shadowMute", decision.Room!.Log[^1].Action);
    }

    [Fact]
    public void Should_be_heard_again_once_the_room_mutes_nobody_without_telling_them()
    {
        Done(Act("u0", new UpdateSettings { AllowsShadowMute = true }));
        Done(Apply("u0", "troll", SanctionKind.ShadowMute));
        Assert.True(IsShadowMuted());

        Done(Act("u0", new UpdateSettings { AllowsShadowMute = false }));
        Assert.False(IsShadowMuted());

        bool IsShadowMuted() => ChatStandings.Of(
            new RoomTurn("room", _play.Room, "troll", null, _play.Moment, static () => ""), new ChatQuestion { Act = ChatAct.Say, UserId = "troll" }).Value!.IsShadowMuted;
    }

    [Fact]
    public void Should_be_bounded_and_forget_what_is_over()
    {
        var play = new RoomScript(new RoomOptions { SanctionsMax = 2 });
        play.Do((room, moment) => RoomRules.Act(room, "u0", new ApplySanction { UserId = "a", Kind = SanctionKind.Ban, ForMs = 1000 }, moment));
        play.Do((room, moment) => RoomRules.Act(room, "u0", new ApplySanction { UserId = "b", Kind = SanctionKind.Ban }, moment));
        Assert.Equal(RefusalCode.RoomLimit, play.Do((room, moment) => RoomRules.Act(room, "u0", new ApplySanction { UserId = "c", Kind = SanctionKind.Ban }, moment)).Refusal?.Code);

        play.Pass(1000);
        Done(play.Do((room, moment) => RoomRules.Act(room, "u0", new ApplySanction { UserId = "c", Kind = SanctionKind.Ban }, moment)));

        Assert.Equal(["b", "c"], play.Room.Sanctions.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_stay_in_the_log_though_somebody_writes_as_much_into_it_as_they_may()
    {
        var play = new RoomScript();
        play.Do((room, moment) => RoomRules.Act(room, "u0", new ApplySanction { UserId = "a", Kind = SanctionKind.Ban }, moment));
        var refused = 0;
        for (var step = 0; step < 1100; step++)
        {
            var decision = play.Do((room, moment) => RoomRules.Act(room, "u0", new UpdateSettings { SlowModeSeconds = step % 2 }, moment));
            refused += decision.Refusal is { Code: RefusalCode.RateLimited } ? 1 : 0;
            play.Pass(100);
        }

        Assert.True(refused > 900, $"{refused} of 1,100 were refused");
        Assert.Contains(play.Room.Log, line => line.Action == "ban");
    }

    [Fact]
    public void Should_be_so_only_so_often_a_minute_whoever_it_is_about()
    {
        var play = new RoomScript(new RoomOptions { SanctionsPerMinuteMax = 4 });
        Done(play.Do((room, moment) => RoomRules.Act(room, "u0", new GrantRole { ToUserId = "u1", Role = RoomRole.Moderator }, moment)));
        Done(Mute("u0", "a"));
        play.Pass(10_000);
        Done(Lift("u0", "a"));
        Done(Mute("u0", "a"));
        Done(Mute("u0", "b"));

        var (mute, lift) = (Mute("u0", "c").Refusal!, Lift("u0", "b").Refusal!);

        Assert.Equal((RefusalCode.RateLimited, 50_000L), (mute.Code, mute.RetryAfterMs));
        Assert.Equal((RefusalCode.RateLimited, 50_000L), (lift.Code, lift.RetryAfterMs));
        Done(Mute("u1", "c"));
        play.Pass(50_000);
        Done(Mute("u0", "d"));
        Assert.Equal(RefusalCode.RateLimited, Mute("u0", "e").Refusal?.Code);

        RoomDecision Mute(string by, string userId) => play.Do((room, moment) => RoomRules.Act(room, by, new ApplySanction { UserId = userId, Kind = SanctionKind.Mute }, moment));
        RoomDecision Lift(string by, string userId) => play.Do((room, moment) => RoomRules.Act(room, by, new LiftSanction { UserId = userId, Kind = SanctionKind.Mute }, moment));
    }

    [Fact]
    public void Should_be_in_a_log_that_is_read_by_pages_and_ends_after_90_days()
    {
        for (var i = 0; i < 5; i++)
            Done(Apply("mod", $"t{i}", SanctionKind.Mute));

        var first = Read(null);
        var second = Read(first.Next);

        Assert.Equal(["t4", "t3", "t2"], first.Records.Select(record => record.UserId));
        Assert.Equal(["t1", "t0", "mod2"], second.Records.Select(record => record.UserId));
        Assert.Equal(["mute", "mute", "grantRole"], second.Records.Select(record => record.Action));
        _play.Pass((long)ModerationLog.Age.TotalMilliseconds + 1);
        Assert.Empty(Read(null).Records);

        RoomRecords Read(long? before) => ModerationViews.Read(_play.Room, "u0", new RoomRecordsRequest { Kind = RoomRecordKind.Log, Before = before, CountMax = 3 }, _play.NowMs);
    }

    [Fact]
    public void Should_keep_as_many_lines_of_the_log_as_it_says()
    {
        var log = Enumerable.Range(0, ModerationLog.LinesMax + 5).Aggregate(
            System.Collections.Immutable.ImmutableArray<LogLine>.Empty, (lines, number) => ModerationLog.With(lines, new LogLine(number, "mute", "mod", Number: number)));

        Assert.Equal((ModerationLog.LinesMax, 5L), (log.Length, log[0].Number));
    }

    [Fact]
    public void Should_tell_those_who_keep_order_of_reports_but_not_whom_they_are_about()
    {
        var decision = Act("anna", new ReportMember { UserId = "mod2", Reason = "rude" });

        Assert.Equal(["user:mod:notifications", "user:u0:notifications"], RoomPublications.Of(before: null, decision.Room!, decision.Events).Select(entry => entry.Channel).Order(StringComparer.Ordinal));
        Assert.Equal("rude", Assert.Single(ReportsFor("u0")).Detail);
        Assert.Single(ReportsFor("mod"));
        Assert.Empty(ReportsFor("mod2"));
        Assert.Equal(RefusalCode.RateLimited, Act("anna", new ReportMember { UserId = "troll", Reason = "rude" }).Refusal?.Code);

        IEnumerable<RoomRecord> ReportsFor(string readerId) => ModerationViews.Read(decision.Room!, readerId, new RoomRecordsRequest { Kind = RoomRecordKind.Reports }, _play.NowMs).Records;
    }

    [Fact]
    public void Should_not_read_of_the_own_shadow_mute_nor_of_its_end()
    {
        Done(Act("u0", new UpdateSettings { AllowsShadowMute = true }));
        Done(Apply("u0", "mod2", SanctionKind.Mute));
        Done(Apply("u0", "mod2", SanctionKind.ShadowMute));
        Assert.Equal(["shadowMute", "mute"], ActionsOf(RoomRecordKind.Sanctions, "mod"));
        Assert.Equal(["mute"], ActionsOf(RoomRecordKind.Sanctions, "mod2"));

        Done(Act("u0", new LiftSanction { UserId = "mod2", Kind = SanctionKind.Mute }));
        Done(Act("u0", new LiftSanction { UserId = "mod2", Kind = SanctionKind.ShadowMute }));
        Assert.Equal(["lift shadowMute", "lift mute", "shadowMute ", "mute "], LogFor("mod").Take(4));
        Assert.Equal(["lift mute", "mute "], LogFor("mod2").Take(2));

        IEnumerable<string> ActionsOf(RoomRecordKind kind, string readerId) => Read(kind, readerId).Select(static record => record.Action);

        IEnumerable<string> LogFor(string readerId) => Read(RoomRecordKind.Log, readerId).Select(static record => $"{record.Action} {record.Detail}");

        IEnumerable<RoomRecord> Read(RoomRecordKind kind, string readerId) => ModerationViews.Read(_play.Room, readerId, new RoomRecordsRequest { Kind = kind }, _play.NowMs).Records;
    }

    [Fact]
    public void INV_M1_should_not_be_the_host_when_out_nor_become_it_by_succession()
    {
        Done(_play.Do((room, moment) => RoomRules.TransferHost(room, "u0", "troll", moment)));
        Done(Apply("mod2", "anna", SanctionKind.Mute, 90_000));
        Done(Apply("mod2", "troll", SanctionKind.Ban));
        Assert.Equal("u0", _play.Room.HostUserId);

        foreach (var user in new[] { "troll", "u0", "mod", "mod2" })
            _play.Leave(user);
        _play.Pass(60_000);
        Assert.Equal("u0", _play.Room.HostUserId);

        _play.Pass(30_000);
        Assert.Equal("anna", _play.Room.HostUserId);
    }

    private RoomDecision Apply(string by, string userId, SanctionKind kind, long? forMs = null, string? reason = null) =>
        Act(by, new ApplySanction { UserId = userId, Kind = kind, ForMs = forMs, Reason = reason });

    private RoomDecision Act(string by, RoomAction action) => _play.Do((room, moment) => RoomRules.Act(room, by, action, moment));

    private static void Done(RoomDecision decision) => Assert.Null(decision.Refusal);
}
