using WhatsSound.Grains.Presence;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence;

public sealed class When_a_connection_is_followed
{
    private const long GraceMs = 15_000;

    private static readonly Guid Gateway = new(1, 0, 0, new byte[8]);

    private readonly Membership _membership = new(detailMax: 100, TimeSpan.FromMilliseconds(GraceMs), nowMs: 1_000);
    private long _sequence;

    public When_a_connection_is_followed()
    {
        Enter("phone", "1", 1_000);
        Tell(1_100);
    }

    [Fact]
    public void Should_be_told_of_a_second_tab_and_of_what_it_shows()
    {
        Enter("laptop", "2", 2_000);

        Assert.Equal("+laptop:2 =2", Tell(2_100));
        Assert.Equal(["laptop", "phone"], _membership.Connections(after: null).Connections.Select(static one => one.ConnectionId));
        Leave("laptop", isLost: false, 3_000);
        Assert.Equal("-laptop:2 =1", Tell(3_100));
    }

    [Fact]
    public void Should_be_told_what_an_update_replaces_and_nothing_of_one_that_changes_nothing()
    {
        var before = _membership.Connections(after: null).Connections.Single();

        Enter("phone", "1", 2_000);
        Assert.Equal("", Tell(2_100));
        Enter("phone", "3", 3_000);

        var told = _membership.Tick(3_100).Connections!;
        Assert.Equal(before.Number, Assert.Single(told.Updated).Replaces);
        Assert.Equal(before.EnteredAtMs, told.Updated[0].EnteredAtMs);
    }

    [Fact]
    public void Should_see_one_that_was_lost_until_its_grace_is_over_also_where_its_user_has_another()
    {
        Enter("laptop", "2", 2_000);
        Tell(2_100);
        Leave("phone", isLost: true, 3_000);

        Assert.Equal("", Tell(3_100));
        Assert.Equal("", Tell(3_000 + GraceMs - 1));
        Assert.Equal(3_000 + GraceMs, _membership.DueMs);
        Tell(3_000 + GraceMs);
        Assert.Equal("-phone:1 =1", Tell(3_100 + GraceMs));
    }

    [Fact]
    public void Should_be_told_with_the_members_whose_change_has_not_waited_for_as_long()
    {
        Enter("laptop", "2", 2_000);
        _membership.Enter(new() { UserId = "bob", ConnectionId = "b", GatewayId = Gateway, Sequence = ++_sequence }, 2_000);
        Tell(2_100);
        Leave("laptop", isLost: true, 3_000);
        Tell(3_100);
        Tell(3_000 + GraceMs);
        _membership.Leave(new() { UserId = "bob", ConnectionId = "b", Sequence = ++_sequence }, 3_050 + GraceMs);

        var tick = _membership.Tick(3_100 + GraceMs);

        var (members, connections) = Assert.Single(PresencePublications.Of(tick, _membership.Total));
        Assert.Equal(("bob", 1), (Assert.Single(members.Left), members.Total));
        Assert.Equal(["b", "laptop"], connections!.Left.Select(static one => one.ConnectionId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_see_nothing_of_a_session_that_is_resumed_on_another_connection()
    {
        Leave("phone", isLost: true, 2_000);
        Tell(2_100);
        Enter("phone-2", "1", 3_000, sessionId: "phone");

        Assert.Equal("", Tell(3_100));
        Assert.Equal("", Tell(20_000));
        Assert.Equal("phone", _membership.Connections(after: null).Connections.Single().ConnectionId);
    }

    [Fact]
    public void Should_see_nothing_of_a_session_that_is_resumed_before_its_end_is_noticed()
    {
        Enter("phone-2", "1", 2_000, sessionId: "phone");
        Leave("phone", isLost: true, 2_050);

        Assert.Equal("", Tell(2_100));
        Assert.Equal("", Tell(20_000));
        Leave("phone-2", isLost: false, 20_000);
        Assert.Equal("-phone:1 =0", Tell(20_100));
    }

    [Fact]
    public void Should_see_one_that_comes_back_without_its_session_beside_the_one_that_was_lost()
    {
        Leave("phone", isLost: true, 2_000);
        Tell(2_100);
        Enter("phone-2", "1", 3_000);

        Assert.Equal("+phone-2:1 =2", Tell(3_100));
        Tell(2_000 + GraceMs);
        Assert.Equal("-phone:1 =1", Tell(2_100 + GraceMs));
    }

    [Fact]
    public void Should_see_those_of_an_only_process_that_was_killed_until_their_grace_is_over()
    {
        var grace = TimeSpan.FromMilliseconds(GraceMs);
        var kept = KeptMembership.Begin(KeptMembership.Without(Gateway, _membership.ToKept()), grace, 2 * grace, nowMs: 5_000);
        var membership = new Membership(detailMax: 100, grace, kept);

        Assert.Equal("phone", membership.Connections(after: null).Connections.Single().ConnectionId);
        Assert.Null(membership.Tick(5_000).Connections);
        membership.Tick(5_000 + GraceMs);
        var told = membership.Tick(5_100 + GraceMs).Connections!;
        Assert.Equal(("phone", 0), (Assert.Single(told.Left).ConnectionId, told.Total));
    }

    [Fact]
    public void Should_be_told_of_all_anew_where_they_could_not_be_kept()
    {
        var grace = TimeSpan.FromMilliseconds(GraceMs);
        var kept = _membership.ToKept() with { AreConnectionsTold = false };
        var membership = new Membership(detailMax: 100, grace, KeptMembership.Begin(kept, grace, grace, nowMs: 5_000));

        var told = membership.Tick(5_000).Connections!;

        Assert.Equal((true, "phone"), (told.IsComplete, Assert.Single(told.Entered).ConnectionId));
    }

    [Fact]
    public void Should_read_them_page_by_page()
    {
        for (var i = 0; i < 2 * ConnectionsPage.CountMax; i++)
            Assert.Null(_membership.Enter(new() { UserId = $"user {i:D3}", ConnectionId = "c:1", GatewayId = Gateway, Sequence = ++_sequence }, 2_000));
        Tell(5_000);

        var names = new List<string>();
        var pages = 0;
        for (string? after = null; pages == 0 || after is not null; pages++)
        {
            var page = _membership.Connections(after);
            Assert.Equal((257, false), (page.Total, page.IsContinued));
            names.AddRange(page.Connections.Select(static one => one.UserId));
            after = page.Next;
        }

        Assert.Equal(3, pages);
        Assert.Equal(["ann", .. Enumerable.Range(0, 256).Select(static i => $"user {i:D3}")], names);
    }

    private void Enter(string connection, string info, long nowMs, string? sessionId = null) => Assert.Null(_membership.Enter(
        new() { UserId = "ann", ConnectionId = connection, GatewayId = Gateway, Sequence = ++_sequence, Info = new(System.Text.Encoding.UTF8.GetBytes(info)), SessionId = sessionId }, nowMs));

    private void Leave(string connection, bool isLost, long nowMs) =>
        _membership.Leave(new() { UserId = "ann", ConnectionId = connection, Abrupt = isLost, Sequence = ++_sequence }, nowMs);

    private string Tell(long nowMs) => _membership.Tick(nowMs).Connections is { } told
        ? string.Concat([.. told.Entered.Select(one => $"+{one.ConnectionId}:{one.Info}"), .. told.Left.Select(one => $"-{one.ConnectionId}:{one.Info}"), .. told.Updated.Select(one => $"~{one.ConnectionId}:{one.Info}"), $" ={told.Total}"])
        : "";
}
