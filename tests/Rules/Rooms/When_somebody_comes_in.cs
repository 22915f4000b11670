using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_somebody_comes_in
{
    private const long DayMs = 24 * 60 * 60 * 1000;

    private readonly RoomScript _play = new();
    private readonly Entrance _entrance = new(new RoomOptions());

    [Fact]
    public void Should_need_the_password_once_in_a_while()
    {
        Set(new UpdateSettings { Password = "sesame" });

        Assert.Equal(RefusalCode.PasswordRequired, Ask("anna"));
        Assert.Equal(RefusalCode.PasswordWrong, Ask("anna", new JoinRoom { Password = "open" }));
        Assert.Null(Ask("anna", new JoinRoom { Password = "sesame" }));
        Assert.Null(Ask("anna"));
        _play.Pass(600_001);
        Assert.Equal(RefusalCode.PasswordRequired, Ask("anna"));
        Set(new UpdateSettings { Password = "another" });
        Assert.Equal(RefusalCode.PasswordWrong, Ask("anna", new JoinRoom { Password = "sesame" }));
    }

    [Fact]
    public void Should_try_five_passwords_a_minute()
    {
        Set(new UpdateSettings { Password = "sesame" });
        for (var i = 0; i < 5; i++)
            Assert.Equal(RefusalCode.PasswordWrong, Ask("anna", new JoinRoom { Password = $"{i}" }));

        // The right one, too: else guessing would go on behind the limit.
        Assert.Equal(RefusalCode.RateLimited, Ask("anna", new JoinRoom { Password = "sesame" }));
        _play.Pass(12_000);
        Assert.Null(Ask("anna", new JoinRoom { Password = "sesame" }));
    }

    [Fact]
    public void Should_let_nobody_guess_behind_the_limit_once_the_right_one_is_known()
    {
        Set(new UpdateSettings { Password = "sesame" });
        Assert.Null(Ask("bob", new JoinRoom { Password = "sesame" }));
        for (var i = 0; i < 5; i++)
            Ask("anna", new JoinRoom { Password = $"{i}" });

        Assert.Equal(RefusalCode.RateLimited, Ask("anna", new JoinRoom { Password = "sesame" }));
    }

    [Fact]
    public void Should_tell_the_right_password_of_others_from_an_address_where_wrong_ones_were_tried()
    {
        Set(new UpdateSettings { Password = "sesame" });
        for (var i = 0; i < 20; i++)
            Ask($"troll-{i % 4}", new JoinRoom { Password = $"{i}", From = "here" });

        Assert.Null(Ask("anna", new JoinRoom { Password = "sesame", From = "here" }));
    }

    [Fact]
    public void Should_bound_what_is_tried_from_an_address_by_however_many()
    {
        Set(new UpdateSettings { Password = "sesame" });
        var compared = Enumerable.Range(0, 1_000).Count(i => Ask($"troll-{i}", new JoinRoom { Password = $"{i}", From = "here" }) == RefusalCode.PasswordWrong)
            + Enumerable.Range(0, 1_000).Count(i => Ask($"troll-{i % 20}", new JoinRoom { Password = $"{i}", From = "here" }) == RefusalCode.PasswordWrong);

        Assert.Equal(65, compared);
        Assert.Equal(RefusalCode.PasswordWrong, Ask("carl", new JoinRoom { Password = "open", From = "there" }));
    }

    [Fact]
    public void Should_compare_no_more_in_the_room_however_many_addresses_guess()
    {
        Set(new UpdateSettings { Password = "sesame" });
        var compared = Enumerable.Range(0, 3_000).Count(i => Ask($"troll-{i}", new JoinRoom { Password = $"{i}", From = $"address-{i % 300}" }) == RefusalCode.PasswordWrong);

        Assert.Equal(100, compared);
        _play.Pass(60_000);
        Assert.Null(Ask("anna", new JoinRoom { Password = "sesame", From = "home" }));
    }

    [Fact]
    public void Should_let_in_all_who_know_the_password_once_somebody_has_given_it()
    {
        Set(new UpdateSettings { Password = "sesame" });

        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Count(i => Ask($"guest-{i}", new JoinRoom { Password = "sesame", From = $"address-{i}" }) is null));
    }

    [Fact]
    public void INV_M3_should_always_be_let_in_as_the_owner()
    {
        Set(new UpdateSettings { Password = "sesame", Visibility = RoomVisibility.InviteOnly, IsJoinLocked = true, MembersMax = 1 });

        Assert.Null(Ask("u0"));
        Assert.Equal(0, LifeRules.MembersMaxFor(_play.Room, "u0", new RoomOptions()));
        Assert.Equal(1, LifeRules.MembersMaxFor(_play.Room, "anna", new RoomOptions()));
        Assert.Equal(RefusalCode.RoomLocked, Ask("anna"));
    }

    [Fact]
    public void INV_R6_should_be_let_in_by_an_invite_for_as_long_and_as_often_as_it_says()
    {
        Set(new UpdateSettings { Visibility = RoomVisibility.InviteOnly });
        Assert.Equal(RefusalCode.InviteInvalid, Ask("anna"));
        var invite = Act("u0", new CreateInvite { ForMs = DayMs, UsesMax = 1, Role = RoomRole.Dj }).Invite!;

        Assert.Equal(RefusalCode.InviteInvalid, Ask("anna", new JoinRoom { Invite = invite + "0" }));
        Use("anna", invite);
        Assert.Null(Ask("anna"));
        Assert.Equal(RoomRole.Dj, RoleLadder.RoleOf(_play.Room, "anna"));
        Assert.Equal(RefusalCode.InviteUsedUp, Ask("bob", new JoinRoom { Invite = invite }));

        var another = Act("u0", new CreateInvite { ForMs = 1000, UsesMax = 1000 }).Invite!;
        _play.Pass(1000);
        Assert.Equal(RefusalCode.InviteExpired, Ask("bob", new JoinRoom { Invite = another }));
        Act("u0", new RevokeInvite { InviteId = another.Split('.')[0] });
        Assert.Equal(RefusalCode.InviteInvalid, Ask("bob", new JoinRoom { Invite = another }));
    }

    [Fact]
    public void INV_M2_should_not_invite_to_a_role_that_is_not_below_the_own()
    {
        _play.Join("co");
        Act("u0", new GrantRole { ToUserId = "co", Role = RoomRole.CoHost });

        Assert.Equal(RefusalCode.TargetRankTooHigh, _play.Do((room, moment) => RoomRules.Act(room, "co", new CreateInvite { ForMs = 1, UsesMax = 1, Role = RoomRole.CoHost }, moment)).Refusal?.Code);
    }

    [Fact]
    public void INV_R6_should_be_counted_by_an_invite_though_the_join_before_was_not_saved()
    {
        Set(new UpdateSettings { Visibility = RoomVisibility.InviteOnly });
        var invite = Act("u0", new CreateInvite { ForMs = DayMs, UsesMax = 1 }).Invite!;
        _play.Join("anna");

        Use("anna", invite, isPresent: true);

        Assert.Equal(["anna"], _play.Room.Admitted);
        Assert.Equal(1, Assert.Single(_play.Room.Invites.Values).Uses);
        Assert.Null(AskInvite("anna", invite, isPresent: true));
    }

    [Fact]
    public void Should_get_a_role_by_an_invite_though_here_or_let_in_before_or_of_a_lower_role()
    {
        var (dj, moderator) = (Act("u0", new CreateInvite { ForMs = DayMs, UsesMax = 10, Role = RoomRole.Dj }).Invite!, Act("u0", new CreateInvite { ForMs = DayMs, UsesMax = 10, Role = RoomRole.Moderator }).Invite!);
        var guest = Act("u0", new CreateInvite { ForMs = DayMs, UsesMax = 10 }).Invite!;

        Use("anna", dj, isPresent: true);
        Use("bob", guest);
        Use("bob", dj);
        Use("bob", moderator, isPresent: true);

        Assert.Equal((RoomRole.Dj, RoomRole.Moderator), (RoleLadder.RoleOf(_play.Room, "anna"), RoleLadder.RoleOf(_play.Room, "bob")));
        Assert.All([guest, dj, moderator], invite => Assert.Null(AskInvite("bob", invite, isPresent: true)));
    }

    [Theory]
    [InlineData(RoomRole.Listener)]
    [InlineData(RoomRole.Dj)]
    public void INV_M2_should_get_no_role_back_by_an_invite_from_before_it_was_taken(RoomRole now)
    {
        var (used, other) = (Act("u0", new CreateInvite { ForMs = DayMs, UsesMax = 2, Role = RoomRole.Moderator }).Invite!, Act("u0", new CreateInvite { ForMs = DayMs, UsesMax = 2, Role = RoomRole.CoHost }).Invite!);
        Use("anna", used);
        Act("u0", now == RoomRole.Listener ? new RevokeRole { OfUserId = "anna" } : new GrantRole { ToUserId = "anna", Role = now });

        Assert.Null(AskInvite("anna", used, isPresent: false));
        Assert.Null(AskInvite("anna", other, isPresent: false));
        Assert.Equal(now, RoleLadder.RoleOf(_play.Room, "anna"));

        Use("anna", Act("u0", new CreateInvite { ForMs = DayMs, UsesMax = 1, Role = RoomRole.Moderator }).Invite!);
        Assert.Equal(RoomRole.Moderator, RoleLadder.RoleOf(_play.Room, "anna"));
    }

    [Fact]
    public void INV_R6_should_be_let_in_without_the_role_by_an_invite_from_before_it_was_taken()
    {
        Set(new UpdateSettings { Visibility = RoomVisibility.InviteOnly });
        Act("u0", new GrantRole { ToUserId = "anna", Role = RoomRole.Dj });
        var invite = Act("u0", new CreateInvite { ForMs = DayMs, UsesMax = 2, Role = RoomRole.Moderator }).Invite!;
        Act("u0", new RevokeRole { OfUserId = "anna" });

        Use("anna", invite);

        Assert.Equal((RoomRole.Listener, 1), (RoleLadder.RoleOf(_play.Room, "anna"), Assert.Single(_play.Room.Invites.Values).Uses));
    }

    [Fact]
    public void Should_take_one_use_however_often_a_user_comes_by_it()
    {
        Set(new UpdateSettings { Visibility = RoomVisibility.InviteOnly });
        var (invite, others) = (Act("u0", new CreateInvite { ForMs = DayMs, UsesMax = 1 }).Invite!, Act("u0", new CreateInvite { ForMs = DayMs, UsesMax = 1000 }).Invite!);
        Use("anna", invite);
        for (var number = 0; number < InviteUsed.AdmittedMax; number++)
            Use($"guest{number}", others);
        Assert.DoesNotContain("anna", _play.Room.Admitted);

        Use("anna", invite);

        Assert.Equal(1, _play.Room.Invites[invite.Split('.')[0]].Uses);
        Assert.Equal(RefusalCode.InviteUsedUp, Ask("bob", new JoinRoom { Invite = invite }));
    }

    [Fact]
    public void Should_be_let_in_by_what_else_there_is_where_the_invite_is_none_any_more()
    {
        var invite = Act("u0", new CreateInvite { ForMs = 1000, UsesMax = 1, Role = RoomRole.Dj }).Invite!;
        Use("anna", invite);
        Act("u0", new RevokeRole { OfUserId = "anna" });
        Set(new UpdateSettings { Visibility = RoomVisibility.InviteOnly });
        _play.Pass(1000);

        Assert.Null(Ask("anna", new JoinRoom { Invite = invite }));
        Assert.Null(Ask("u0", new JoinRoom { Invite = "none" }));
        Assert.Equal(RefusalCode.InviteExpired, Ask("bob", new JoinRoom { Invite = invite }));
    }

    [Theory]
    [InlineData(RoomRole.Listener)]
    [InlineData(RoomRole.Moderator)]
    public void INV_M2_should_get_no_role_by_an_invite_whose_maker_stands_above_it_no_longer(RoomRole now)
    {
        Act("u0", new GrantRole { ToUserId = "co", Role = RoomRole.CoHost });
        var invite = Act("co", new CreateInvite { ForMs = DayMs, UsesMax = 10, Role = RoomRole.Moderator }).Invite!;
        Assert.Null(Ask("anna", new JoinRoom { Invite = invite }));
        Act("u0", now == RoomRole.Listener ? new RevokeRole { OfUserId = "co" } : new GrantRole { ToUserId = "co", Role = now });

        Assert.Equal(RefusalCode.InviteInvalid, Ask("anna", new JoinRoom { Invite = invite }));
    }

    [Fact]
    public void INV_M2_should_get_no_role_by_an_invite_whose_maker_may_give_none_any_more()
    {
        Act("u0", new SetPermission { Permission = "grantRoles", Role = RoomRole.Moderator });
        Act("u0", new GrantRole { ToUserId = "mod", Role = RoomRole.Moderator });
        var invite = Act("mod", new CreateInvite { ForMs = DayMs, UsesMax = 10, Role = RoomRole.Dj }).Invite!;
        Act("u0", new SetPermission { Permission = "grantRoles" });

        Assert.Equal(RefusalCode.InviteInvalid, Ask("anna", new JoinRoom { Invite = invite }));
    }

    [Theory]
    [InlineData(RoomRole.Listener)]
    [InlineData(RoomRole.Dj)]
    public void INV_M7_should_not_be_let_in_by_an_invite_of_somebody_who_is_banned(RoomRole role)
    {
        Set(new UpdateSettings { Visibility = RoomVisibility.InviteOnly });
        Act("u0", new GrantRole { ToUserId = "co", Role = RoomRole.CoHost });
        var invite = Act("co", new CreateInvite { ForMs = DayMs, UsesMax = 10, Role = role }).Invite!;
        Act("u0", new ApplySanction { UserId = "co", Kind = SanctionKind.Ban, ForMs = DayMs / 2 });

        Assert.Equal(RefusalCode.InviteInvalid, Ask("troll", new JoinRoom { Invite = invite }));
        _play.Pass(DayMs / 2);
        Assert.Null(Ask("anna", new JoinRoom { Invite = invite }));
    }

    [Fact]
    public void INV_M7_should_not_be_let_in_by_an_invite_when_banned()
    {
        var invite = Act("u0", new CreateInvite { ForMs = DayMs, UsesMax = 1 }).Invite!;
        Act("u0", new ApplySanction { UserId = "troll", Kind = SanctionKind.Ban });

        Assert.Equal(RefusalCode.Banned, Ask("troll", new JoinRoom { Invite = invite }));
    }

    [Fact]
    public void Should_not_come_into_a_closed_room()
    {
        Act("u0", new CloseRoom());

        Assert.Equal(RefusalCode.RoomClosed, Ask("anna"));
        Assert.Equal(RefusalCode.RoomClosed, Ask("u0"));
    }

    private void Use(string userId, string invite, bool isPresent = false)
    {
        var inviteId = AskInvite(userId, invite, isPresent);
        Assert.NotNull(inviteId);
        _play.Do((room, moment) => new RoomTurn(room.RoomId, room, userId, null, moment, static () => "").Decide(new InviteUsed(inviteId!, userId, moment.NowMs)));
    }

    private string? AskInvite(string userId, string invite, bool isPresent)
    {
        var (inviteId, refusal) = _entrance.Ask(_play.Room, userId, new JoinRoom { Invite = invite }, isPresent, _play.NowMs);
        Assert.Null(refusal);
        return inviteId;
    }

    private string? Ask(string userId, JoinRoom? join = null) => _entrance.Ask(_play.Room, userId, join ?? new JoinRoom(), isPresent: false, _play.NowMs).Refusal?.Code;

    private void Set(UpdateSettings action) => Act("u0", action);

    private RoomDecision Act(string by, RoomAction action)
    {
        var decision = _play.Do((room, moment) => RoomRules.Act(room, by, action, moment));
        Assert.Null(decision.Refusal);
        return decision;
    }
}
