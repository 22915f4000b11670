using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_roles_are_given
{
    private readonly RoomScript _play = new();

    public When_roles_are_given()
    {
        foreach (var user in new[] { "co", "co2", "mod", "mod2", "dj", "anna" })
            _play.Join(user);
        Done(Grant("u0", "co", RoomRole.CoHost));
        Done(Grant("u0", "co2", RoomRole.CoHost));
        Done(Grant("co", "mod", RoomRole.Moderator));
        Done(Grant("co", "mod2", RoomRole.Moderator));
        Done(Grant("co", "dj", RoomRole.Dj));
    }

    [Fact]
    public void Should_be_told_to_everybody()
    {
        var decision = Grant("u0", "anna", RoomRole.Dj);

        var entry = Assert.Single(RoomPublications.Of(before: null, decision.Room!, decision.Events));

        Assert.Equal(("room:room", "roles", "roles"), (entry.Channel, entry.Event, entry.Key));
        Assert.Equal(
            ["u0 Owner", "co CoHost", "co2 CoHost", "mod Moderator", "mod2 Moderator", "anna Dj", "dj Dj"],
            entry.Data.Read(WireJson.Default.RoomRoles)!.Holders.Select(holder => $"{holder.UserId} {holder.Role}"));
    }

    [Fact]
    public void Should_be_told_of_an_invite_only_where_it_changed_one()
    {
        Assert.Equal([], ToldOf(RoomRole.Listener, "bob"));
        Assert.Equal([], ToldOf(RoomRole.Dj, "mod"));
        Assert.Equal(["roles"], ToldOf(RoomRole.Dj, "bob"));

        IEnumerable<string> ToldOf(RoomRole role, string userId)
        {
            var inviteId = Do("u0", new CreateInvite { ForMs = 60_000, UsesMax = 10, Role = role }).Invite!.Split('.')[0];
            var before = _play.Room;
            var decision = _play.Do((room, moment) => new RoomTurn(room.RoomId, room, userId, null, moment, static () => "").Decide(new InviteUsed(inviteId, userId, moment.NowMs)));
            return RoomPublications.Of(before, decision.Room!, decision.Events).Select(static entry => entry.Event);
        }
    }

    [Theory]
    [InlineData("co", "co2")]
    [InlineData("co", "u0")]
    [InlineData("mod", "dj")]
    [InlineData("anna", "dj")]
    public void INV_M2_should_not_change_an_equal_a_superior_or_without_the_permission(string by, string target)
    {
        Assert.Contains(Grant(by, target, RoomRole.Dj).Refusal?.Code, new[] { RefusalCode.TargetRankTooHigh, RefusalCode.Forbidden });
        Assert.Contains(Revoke(by, target).Refusal?.Code, new[] { RefusalCode.TargetRankTooHigh, RefusalCode.Forbidden });
    }

    [Theory]
    [InlineData("co", RoomRole.CoHost)]
    [InlineData("co", RoomRole.Owner)]
    public void INV_M2_should_not_give_the_own_role_or_a_higher_one(string by, RoomRole role) =>
        Assert.Equal(RefusalCode.TargetRankTooHigh, Grant(by, "anna", role).Refusal?.Code);

    /// <summary>Whatever a script of commands by anybody on anybody, who lost or got a role stood below whoever did it.</summary>
    [Fact]
    public void INV_M2_should_hold_whatever_is_tried() => Property.Holds(script =>
    {
        string[] users = ["u0", "co", "co2", "mod", "mod2", "dj", "anna"];
        var play = new When_roles_are_given()._play;
        var entrance = new Entrance(new RoomOptions());
        var invites = new List<string>();
        for (var i = 0; i + 2 < script.Length; i += 3)
        {
            var (by, target) = (users[script[i] % users.Length], users[script[i + 1] % users.Length]);
            var role = (RoomRole)(2 + (script[i + 2] % 4));
            var before = play.Room;
            if (script[i + 2] / 4 % 5 == 3)
            {
                ComeBy(play, entrance, invites, by, script[i + 1]);
                continue;
            }

            RoomAction action = (script[i + 2] / 4 % 5) switch
            {
                0 => new GrantRole { ToUserId = target, Role = role },
                1 => new RevokeRole { OfUserId = target },
                2 => new CreateInvite { ForMs = 60_000, UsesMax = 10, Role = role },
                _ => new AcceptOwnership(),
            };
            var decision = play.Do((room, moment) => RoomRules.Act(room, by, action, moment));
            if (action is CreateInvite)
            {
                Assert.True(decision.Refusal is not null || RoleLadder.RankOf(role) < RoleLadder.RankOf(before, by));
                invites.AddRange(decision.Invite is { } invite ? [invite] : []);
                continue;
            }

            Assert.DoesNotContain(play.Room.OwnerUserId, play.Room.Roles.Keys);
            if (action is AcceptOwnership)
                Assert.Equal(decision.Refusal is null ? by : before.OwnerUserId, play.Room.OwnerUserId);
            if (action is AcceptOwnership || decision.Refusal is not null || decision.Events.IsEmpty)
                continue;
            var rank = RoleLadder.RankOf(before, by);
            Assert.True(by == target || RoleLadder.RankOf(before, target) < rank);
            Assert.True(role == RoomRole.Owner || by == target || RoleLadder.RankOf(play.Room, target) < rank);
            Assert.Equal(before.OwnerUserId, play.Room.OwnerUserId);
        }
    });

    /// <summary>What an invite gives, whoever made it could give at that moment.</summary>
    private static void ComeBy(RoomScript play, Entrance entrance, List<string> invites, string userId, int which)
    {
        if (invites.Count == 0)
            return;
        var before = play.Room;
        var (inviteId, _) = entrance.Ask(before, userId, new JoinRoom { Invite = invites[which % invites.Count] }, isPresent: false, play.NowMs);
        if (inviteId is null)
            return;
        play.Do((room, moment) => new RoomTurn(room.RoomId, room, userId, null, moment, static () => "").Decide(new InviteUsed(inviteId, userId, moment.NowMs)));
        Assert.True(
            RoleLadder.RankOf(play.Room, userId) == RoleLadder.RankOf(before, userId)
            || RoleLadder.RankOf(play.Room, userId) < RoleLadder.RankOf(before, before.Invites[inviteId].By));
    }

    [Fact]
    public void Should_not_be_given_to_oneself() => Assert.Equal(RefusalCode.CannotTargetSelf, Grant("co", "co", RoomRole.Moderator).Refusal?.Code);

    [Fact]
    public void Should_be_given_up_by_whoever_has_one_but_the_owner()
    {
        Done(Revoke("mod", "mod"));

        Assert.Equal(RoomRole.Listener, RoleLadder.RoleOf(_play.Room, "mod"));
        Assert.Equal(RefusalCode.CannotTargetSelf, Revoke("u0", "u0").Refusal?.Code);
    }

    [Fact]
    public void Should_be_bounded()
    {
        var play = new RoomScript(new RoomOptions { RolesMax = 1 });
        play.Do((room, moment) => RoomRules.Act(room, "u0", new GrantRole { ToUserId = "a", Role = RoomRole.Dj }, moment));

        var refusal = play.Do((room, moment) => RoomRules.Act(room, "u0", new GrantRole { ToUserId = "b", Role = RoomRole.Dj }, moment)).Refusal;

        Assert.Equal((RefusalCode.RoomLimit, "1"), (refusal?.Code, refusal?.Detail));
    }

    [Fact]
    public void Should_be_bounded_when_the_room_is_given_away_too()
    {
        var play = new RoomScript(new RoomOptions { RolesMax = 1 });
        play.Join("b");
        play.Do((room, moment) => RoomRules.Act(room, "u0", new GrantRole { ToUserId = "a", Role = RoomRole.Dj }, moment));

        var refused = play.Do((room, moment) => RoomRules.Act(room, "u0", new GrantRole { ToUserId = "b", Role = RoomRole.Owner }, moment)).Refusal;
        Assert.Equal((RefusalCode.RoomLimit, "u0"), (refused?.Code, play.Room.OwnerUserId));

        play.Join("a");
        Done(play.Do((room, moment) => RoomRules.Act(room, "u0", new GrantRole { ToUserId = "a", Role = RoomRole.Owner }, moment)));
        Done(play.Do((room, moment) => RoomRules.Act(room, "a", new AcceptOwnership(), moment)));
        Assert.Equal(["u0"], play.Room.Roles.Keys);
    }

    [Fact]
    public void Should_take_another_role_where_the_room_says_so()
    {
        Assert.Equal(RefusalCode.Forbidden, _play.Do((room, moment) => RoomRules.Pause(room, "dj", moment)).Refusal?.Code);
        Done(_play.Do((room, moment) => RoomRules.Act(room, "u0", new SetPermission { Permission = "controlPlayback", Role = RoomRole.Dj }, moment)));

        Done(_play.Do((room, moment) => RoomRules.Pause(room, "dj", moment)));
        Assert.Contains("controlPlayback", RoomPermissions.Of(_play.Room, "dj"));
    }

    [Theory]
    [InlineData("grantRoles", RoomRole.Dj)]
    [InlineData("setPermissions", RoomRole.CoHost)]
    [InlineData("chat", RoomRole.Host)]
    public void Should_not_be_given_away_below_the_floor(string permission, RoomRole role) => Assert.Equal(
        (RefusalCode.BadRequest, "role"),
        _play.Do((room, moment) => RoomRules.Act(room, "u0", new SetPermission { Permission = permission, Role = role }, moment)).Refusal is { } refusal ? (refusal.Code, refusal.Detail) : default);

    [Fact]
    public void Should_name_the_least_role_that_may() =>
        Assert.Equal("owner", _play.Do((room, moment) => RoomRules.Act(room, "co", new SetPermission { Permission = "chat" }, moment)).Refusal?.Detail);

    [Theory]
    [InlineData("controlPlayback", "Only the host, and who has the role 'coHost' or one above it, may do this.", "host")]
    [InlineData("grantRoles", "Only who has the role 'coHost' or one above it may do this.", "coHost")]
    [InlineData("setPermissions", "Only the owner may do this.", "owner")]
    public void Should_say_who_may(string permission, string message, string detail)
    {
        Assert.True(RoomPermissions.TryFind(permission, out var asked));

        var refusal = RoomPermissions.Check(_play.Room, "nobody", asked)!;

        Assert.Equal((message, detail), (refusal.Message, refusal.Detail));
    }

    private RoomDecision Grant(string by, string toUserId, RoomRole role) =>
        _play.Do((room, moment) => RoomRules.Act(room, by, new GrantRole { ToUserId = toUserId, Role = role }, moment));

    private RoomDecision Revoke(string by, string ofUserId) => _play.Do((room, moment) => RoomRules.Act(room, by, new RevokeRole { OfUserId = ofUserId }, moment));

    private RoomDecision Do(string by, RoomAction action)
    {
        var decision = _play.Do((room, moment) => RoomRules.Act(room, by, action, moment));
        Done(decision);
        return decision;
    }

    private static void Done(RoomDecision decision) => Assert.Null(decision.Refusal);
}
