using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_a_room_is_set
{
    private readonly RoomScript _play = new();

    public When_a_room_is_set()
    {
        _play.Join("mod");
        _play.Join("anna");
        Done(Act("u0", new GrantRole { ToUserId = "mod", Role = RoomRole.Moderator }));
    }

    [Fact]
    public void Should_change_what_is_given_and_tell_everybody()
    {
        var decision = Act("u0", new UpdateSettings { Name = "Another", Visibility = RoomVisibility.InviteOnly, Tags = ["jazz"] });

        var told = Assert.Single(RoomPublications.Of(before: null, decision.Room!, decision.Events)).Data.Read(WireJson.Default.RoomSettings)!;
        Assert.Equal(("Another", false, true, "jazz"), (told.Name, told.IsListed, told.IsInviteOnly, Assert.Single(told.Tags)));
        Assert.Equal("name tags visibility", _play.Room.Log[^1].Detail);
    }

    [Fact]
    public void Should_take_a_permission_of_its_own_for_each_and_change_nothing_where_one_is_missing()
    {
        Assert.Equal("coHost", Act("mod", new UpdateSettings { IsChatLocked = true, Name = "Mine" }).Refusal?.Detail);
        Assert.False(_play.Room.Settings.IsChatLocked);
        Done(Act("mod", new UpdateSettings { IsChatLocked = true }));
        Assert.Equal(RefusalCode.Forbidden, Act("anna", new UpdateSettings { IsChatLocked = false }).Refusal?.Code);
    }

    [Fact]
    public void Should_lock_out_whoever_may_not_lock()
    {
        Done(Act("u0", new UpdateSettings { IsChatLocked = true, IsQueueLocked = true }));

        Assert.Equal(RefusalCode.QueueLocked, _play.Enqueue("anna", RoomScript.Song(1)).Refusal?.Code);
        Done(_play.Enqueue("mod", RoomScript.Song(1)));
        Assert.Equal(RefusalCode.ChatLocked, LockRules.Refuse(_play.Room, "anna", RoomPermission.Chat)?.Code);
        Assert.Null(LockRules.Refuse(_play.Room, "mod", RoomPermission.Chat));
    }

    public static TheoryData<UpdateSettings, string> OutOfBounds => new()
    {
        { new UpdateSettings { Name = new string('x', 65) }, "name" },
        { new UpdateSettings { Description = new string('x', 501) }, "description" },
        { new UpdateSettings { Tags = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] }, "tags" },
        { new UpdateSettings { Tags = [new string('x', 25)] }, "tags" },
        { new UpdateSettings { SlowModeSeconds = 301 }, "slowModeSeconds" },
        { new UpdateSettings { MembersMax = 1001 }, "membersMax" },
        { new UpdateSettings { Password = new string('x', 65) }, "password" },
    };

    [Theory]
    [MemberData(nameof(OutOfBounds))]
    public void Should_refuse_what_is_out_of_bounds(UpdateSettings action, string field) => Assert.Equal(field, Act("u0", action).Refusal?.Detail);

    [Fact]
    public void Should_keep_a_password_as_a_slow_hash_in_no_event_print_or_publication()
    {
        var action = new UpdateSettings { Password = "open sesame" };
        var decision = Act("u0", action);

        Assert.True(_play.Room.Settings.HasPassword);
        Assert.True(_play.Room.Password!.Is("open sesame"));
        Assert.False(_play.Room.Password.Is("open sesam"));
        Assert.DoesNotContain("sesame", CanonicalJson.Of(decision.Room), StringComparison.Ordinal);
        Assert.Equal(ActionRules.Find(action)!.Print(action), ActionRules.Find(action)!.Print(action with { Password = "another" }));
        Done(Act("u0", new UpdateSettings { Password = "" }));
        Assert.Null(_play.Room.Password);
    }

    [Fact]
    public void INV_R4_should_close_a_temporary_room_only_after_nobody_was_in_it_for_its_time_and_keep_bans_and_roles()
    {
        Done(Act("u0", new UpdateSettings { IsTemporary = true }));
        Done(Act("u0", new ApplySanction { UserId = "troll", Kind = SanctionKind.Ban }));
        foreach (var user in new[] { "u0", "mod", "anna" })
            _play.Leave(user);
        _play.Pass(299_999);
        _play.Join("anna");
        _play.Leave("anna");
        _play.Pass(299_999);
        Assert.Null(_play.Room.ClosedAtMs);

        _play.Pass(1);
        Assert.Equal("empty", _play.Room.ClosedFor);

        Done(Act("u0", new ReopenRoom()));
        Assert.Equal((null, RoomRole.Moderator), (_play.Room.ClosedAtMs, RoleLadder.RoleOf(_play.Room, "mod")));
        Assert.Equal(RefusalCode.Banned, SanctionRules.RefuseEntry(_play.Room, "troll", _play.NowMs)?.Code);
    }

    [Fact]
    public void INV_R4_should_not_close_a_permanent_room()
    {
        foreach (var user in new[] { "u0", "mod", "anna" })
            _play.Leave(user);
        _play.Pass(24 * 60 * 60 * 1000);

        Assert.Null(_play.Room.ClosedAtMs);
    }

    [Fact]
    public void INV_R4_should_put_away_a_room_that_nobody_was_in_for_long_until_it_is_opened_again()
    {
        const long Days90 = 90L * 24 * 60 * 60 * 1000;
        foreach (var user in new[] { "u0", "mod", "anna" })
            _play.Leave(user);
        _play.Pass(Days90 - 1);
        _play.Do(RoomCourse.Advance);
        Assert.Null(_play.Room.ClosedAtMs);

        _play.Pass(1);
        _play.Do(RoomCourse.Advance);
        Assert.Equal(("archived", true), (_play.Room.ClosedFor, _play.Room.IsArchived));

        Done(Act("u0", new ReopenRoom()));
        Assert.Equal((null, false, RoomRole.Moderator), (_play.Room.ClosedAtMs, _play.Room.IsArchived, RoleLadder.RoleOf(_play.Room, "mod")));
        _play.Pass(Days90 - 1);
        Assert.Null(_play.Room.ClosedAtMs);
    }

    [Fact]
    public void INV_R4_should_close_for_whoever_may_and_play_nothing_then()
    {
        _play.Enqueue("anna", RoomScript.Song(1), RoomScript.Song(2));
        Assert.Equal(RefusalCode.Forbidden, Act("mod", new CloseRoom()).Refusal?.Code);
        var decision = Act("u0", new CloseRoom { Reason = "good night" });
        _play.Pass(600_000);

        Assert.Equal("good night", ClosingRules.RefuseClosed(_play.Room)?.Detail);
        Assert.Null(_play.Room.Current);
        Assert.Contains(RoomPublications.Of(before: null, decision.Room!, decision.Events), entry => entry.Event == RoomEvents.Closed);
        Assert.Equal(RefusalCode.Forbidden, Act("mod", new ReopenRoom()).Refusal?.Code);
        Done(Act("u0", new ReopenRoom()));
        Assert.NotNull(_play.Room.Current);
    }

    private RoomDecision Act(string by, RoomAction action) => _play.Do((room, moment) => RoomRules.Act(room, by, action, moment));

    private static void Done(RoomDecision decision) => Assert.Null(decision.Refusal);
}
