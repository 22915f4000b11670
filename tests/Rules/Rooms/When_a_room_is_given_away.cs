using System.Collections.Immutable;
using WhatsSound.Grains.Rooms;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_a_room_is_given_away
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly PresenceView NoPresence = new() { Total = 0, Members = [], IsComplete = true, ActiveLastMinute = 0, Position = default, Version = 1 };

    private readonly RoomScript _play = new();

    public When_a_room_is_given_away()
    {
        _play.Join("anna");
        _play.Join("bob");
    }

    [Fact]
    public void Should_be_the_owners_until_it_is_accepted()
    {
        Done(Offer("anna"));
        Assert.Equal(("u0", RoomRole.Listener), (_play.Room.OwnerUserId, RoleLadder.RoleOf(_play.Room, "anna")));

        Done(Accept("anna"));
        Assert.Equal(("anna", RoomRole.CoHost, null), (_play.Room.OwnerUserId, RoleLadder.RoleOf(_play.Room, "u0"), _play.Room.OwnershipOffer));
    }

    [Fact]
    public void Should_be_offered_to_a_member_who_is_here_only() => Assert.Equal(RefusalCode.NotMember, Offer("nobody").Refusal?.Code);

    [Fact]
    public void Should_be_accepted_by_nobody_else()
    {
        Done(Offer("anna"));

        Assert.Equal(RefusalCode.NothingOffered, Accept("bob").Refusal?.Code);
        Assert.Equal(RefusalCode.NothingOffered, Accept("u0").Refusal?.Code);
    }

    [Fact]
    public void Should_be_accepted_in_time_only()
    {
        Done(Offer("anna"));
        _play.Pass((long)Patience.TotalMilliseconds);

        Assert.Equal(RefusalCode.NothingOffered, Accept("anna").Refusal?.Code);
    }

    [Fact]
    public void Should_be_offered_to_one_at_a_time()
    {
        Done(Offer("anna"));
        Done(Offer("bob"));

        Assert.Equal(RefusalCode.NothingOffered, Accept("anna").Refusal?.Code);
        Done(Accept("bob"));
    }

    [Theory]
    [InlineData(RoomRole.Dj)]
    [InlineData(RoomRole.Listener)]
    public void Should_be_withdrawn_with_another_role_or_with_none(RoomRole role)
    {
        Done(Offer("anna"));
        Done(role == RoomRole.Listener ? Act("u0", new RevokeRole { OfUserId = "anna" }) : Act("u0", new GrantRole { ToUserId = "anna", Role = role }));

        Assert.Equal((RefusalCode.NothingOffered, role), (Accept("anna").Refusal?.Code, RoleLadder.RoleOf(_play.Room, "anna")));
    }

    [Fact]
    public void Should_be_withdrawn_with_the_role_that_they_have()
    {
        Done(Act("u0", new GrantRole { ToUserId = "anna", Role = RoomRole.Dj }));
        Done(Offer("anna"));
        Done(Act("u0", new GrantRole { ToUserId = "anna", Role = RoomRole.Dj }));

        Assert.Equal(RefusalCode.NothingOffered, Accept("anna").Refusal?.Code);
    }

    [Theory]
    [InlineData(RoomRole.Listener)]
    [InlineData(RoomRole.CoHost)]
    public void Should_be_declined_and_nothing_else(RoomRole role)
    {
        if (role != RoomRole.Listener)
            Done(Act("u0", new GrantRole { ToUserId = "anna", Role = role }));
        Done(Offer("anna"));
        var before = _play.Room;

        var decision = Act("anna", new DeclineOwnership());

        Assert.Equal([typeof(OwnershipOfferEnded)], decision.Events.Select(static happened => happened.GetType()));
        Assert.Null(ToldBy(decision));
        Assert.Same(before.Roles, _play.Room.Roles);
        Assert.Equal(RefusalCode.NothingOffered, Accept("anna").Refusal?.Code);
        Assert.Equal(RefusalCode.NothingOffered, Act("anna", new DeclineOwnership()).Refusal?.Code);
    }

    [Fact]
    public void Should_not_be_declined_by_another()
    {
        Done(Offer("anna"));

        Assert.Equal(RefusalCode.NothingOffered, Act("bob", new DeclineOwnership()).Refusal?.Code);
        Assert.Equal(RefusalCode.NothingOffered, Act("u0", new DeclineOwnership()).Refusal?.Code);

        Done(Accept("anna"));
    }

    [Fact]
    public void Should_be_declined_without_having_a_role()
    {
        Done(Offer("anna"));
        Done(Act("anna", new RevokeRole { OfUserId = "anna" }));

        Assert.Equal(RefusalCode.NothingOffered, Accept("anna").Refusal?.Code);
    }

    [Theory]
    [InlineData(SanctionKind.Kick)]
    [InlineData(SanctionKind.Ban)]
    [InlineData(SanctionKind.Timeout)]
    public void Should_be_offered_no_more_to_somebody_who_is_sent_out_or_may_do_nothing(SanctionKind kind)
    {
        Act("u0", new ApplySanction { UserId = "bob", Kind = kind, ForMs = 1000 });
        Assert.Equal(kind == SanctionKind.Timeout ? (RefusalCode.Forbidden, RefusalCode.TimedOut) : (RefusalCode.NotMember, "bob"), Offer("bob").Refusal is { } refusal ? (refusal.Code, refusal.Detail) : default);
        Done(Offer("anna"));

        Assert.Null(ToldBy(Act("u0", new ApplySanction { UserId = "anna", Kind = kind, ForMs = 1000 })));
        Assert.Null(_play.Room.OwnershipOffer);
        _play.Pass(ModerationRules.KickMs);
        Assert.Equal(RefusalCode.NothingOffered, Accept("anna").Refusal?.Code);
    }

    [Theory]
    [InlineData("bob", SanctionKind.Ban)]
    [InlineData("anna", SanctionKind.Mute)]
    public void Should_be_offered_still_though_another_is_sanctioned_or_they_may_only_not_speak(string userId, SanctionKind kind)
    {
        Done(Offer("anna"));
        Done(Act("u0", new ApplySanction { UserId = userId, Kind = kind, ForMs = 1000 }));

        Done(Accept("anna"));
    }

    [Theory]
    [InlineData(SanctionKind.Mute)]
    [InlineData(SanctionKind.ShadowMute)]
    [InlineData(SanctionKind.QueueBan)]
    public void Should_leave_no_sanction_that_nobody_could_lift(SanctionKind kind)
    {
        Done(Act("u0", new UpdateSettings { AllowsShadowMute = true }));
        Done(Act("u0", new ApplySanction { UserId = "anna", Kind = kind }));
        Done(Offer("anna"));

        var decision = Accept("anna");

        Assert.Equal([typeof(SanctionLifted), typeof(OwnerChanged)], decision.Events.Select(static happened => happened.GetType()));
        Assert.Empty(_play.Room.Sanctions);
        Assert.Equal(
            kind == SanctionKind.ShadowMute ? [] : [("room:room", true), ("user:anna:notifications", true)],
            RoomPublications.Of(before: null, decision.Room!, decision.Events).Where(static entry => entry.Event == RoomEvents.Sanction)
                .Select(static entry => (entry.Channel, entry.Data.Read(WireJson.Default.SanctionNotice)!.IsLifted)));
    }

    [Fact]
    public void Should_not_bind_its_owner_to_a_sanction_of_before_owners_were_let_off()
    {
        Done(Act("u0", new ApplySanction { UserId = "anna", Kind = SanctionKind.Mute }));
        var room = _play.Room with { OwnerUserId = "anna" };

        Assert.Null(SanctionRules.RefuseToSpeak(room, "anna", _play.NowMs));
        Assert.True(Sanctions.IsInGoodStanding(room, "anna", _play.NowMs));
    }

    [Fact]
    public void Should_be_shown_as_offered_until_the_time_is_over()
    {
        Done(Offer("anna"));
        _play.Pass((long)Patience.TotalMilliseconds - 1);
        Assert.NotNull(Shown());
        _play.Pass(1);

        Assert.Null(Shown());
        Assert.Null(ToldBy(Act("u0", new GrantRole { ToUserId = "bob", Role = RoomRole.Dj })));

        OwnershipOffer? Shown() => RoomSnapshots.Build(_play.Room, _play.Moment, "anna", NoPresence, new ChatTail(default, [], HasMore: false), ImmutableDictionary<string, Position>.Empty).Roles.OwnershipOffer;
    }

    [Fact]
    public void Should_tell_everybody_of_the_offer_and_of_its_end()
    {
        Assert.Equal(new OwnershipOffer { ToUserId = "anna", UntilMs = _play.NowMs + (long)Patience.TotalMilliseconds }, ToldBy(Offer("anna")));
        Assert.Null(ToldBy(Act("anna", new RevokeRole { OfUserId = "anna" })));
        Offer("bob");
        Assert.Null(ToldBy(Accept("bob")));
    }

    [Fact]
    public void Should_be_in_the_log()
    {
        Offer("anna");
        Accept("anna");

        Assert.Equal(["offerRoom u0 anna", "changeOwner u0 anna"], _play.Room.Log.TakeLast(2).Select(line => $"{line.Action} {line.By} {line.UserId}"));
    }

    private static OwnershipOffer? ToldBy(RoomDecision decision) =>
        RoomPublications.Of(before: null, decision.Room!, decision.Events).Single(entry => entry.Event == RoomEvents.Roles).Data.Read(WireJson.Default.RoomRoles)!.OwnershipOffer;

    private RoomDecision Offer(string toUserId) => Act("u0", new GrantRole { ToUserId = toUserId, Role = RoomRole.Owner });

    private RoomDecision Accept(string userId) => Act(userId, new AcceptOwnership());

    private RoomDecision Act(string userId, RoomAction action) => _play.Do((room, moment) => RoomRules.Act(room, userId, action, moment));

    private static void Done(RoomDecision decision) => Assert.Null(decision.Refusal);
}
