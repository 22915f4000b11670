using WhatsSound.Grains.Presence;
using WhatsSound.Presence;

namespace WhatsSound.Tests.Rules.Presence;

/// <summary>Ann closes a tab, or loads it again: her browser says so in order, and nobody can know which it was.</summary>
public sealed class When_a_member_says_goodbye
{
    private const long GraceMs = 15_000;

    private readonly Guid _gateway = Guid.NewGuid();
    private Membership _membership = new(100, TimeSpan.FromMilliseconds(GraceMs), 0);
    private long _sequence;

    public When_a_member_says_goodbye()
    {
        Enter("tab", 0);
        _membership.Tick(200);
    }

    [Fact]
    public void Should_be_gone_once_a_page_would_have_loaded()
    {
        Leave("tab", isGoodbye: true, 1_000);

        Assert.True(IsThereAt(1_000 + PresenceRules.GoodbyeGraceMs - 1));
        Assert.False(IsThereAt(1_000 + PresenceRules.GoodbyeGraceMs));
    }

    [Fact]
    public void Should_never_have_been_away_when_the_page_is_loaded_again()
    {
        Leave("tab", isGoodbye: true, 1_000);
        Enter("tab again", 3_000);

        Assert.All(TicksFrom(1_000, 30_000), static tick => Assert.Null(tick.Delta));
        Assert.True(_membership.IsMember("ann"));
    }

    [Fact]
    public void Should_tell_watchers_that_nobody_is_coming_back()
    {
        Leave("tab", isGoodbye: true, 1_000);

        var delta = Assert.Single(TicksFrom(1_000, 30_000).Select(static tick => tick.Delta).OfType<PresenceDelta>());
        Assert.Equal(["ann"], delta.Left);
        Assert.Equal(["ann"], delta.SaidGoodbye);
    }

    [Fact]
    public void Should_say_nothing_of_the_kind_of_a_member_who_was_lost()
    {
        Leave("tab", isGoodbye: false, 1_000);

        var delta = Assert.Single(TicksFrom(1_000, 30_000).Select(static tick => tick.Delta).OfType<PresenceDelta>());
        Assert.Equal(["ann"], delta.Left);
        Assert.Empty(delta.SaidGoodbye);
    }

    [Fact]
    public void Should_be_there_with_the_other_tabs()
    {
        Enter("second", 300);
        Enter("third", 300);
        Leave("tab", isGoodbye: true, 1_000);

        Assert.All(TicksFrom(1_000, 60_000), static tick => Assert.Null(tick.Delta));
        Assert.True(_membership.IsMember("ann"));
    }

    [Fact]
    public void Should_be_waited_for_as_long_as_a_phone_that_was_cut_off_before()
    {
        Enter("phone", 300);
        Leave("phone", isGoodbye: false, 1_000);
        Leave("tab", isGoodbye: true, 2_000);

        Assert.True(IsThereAt(1_000 + GraceMs - 1));
        Assert.Empty(Assert.Single(TicksFrom(1_000 + GraceMs, 30_000).Select(static tick => tick.Delta).OfType<PresenceDelta>()).SaidGoodbye);
    }

    [Fact]
    public void Should_be_waited_for_as_long_as_a_phone_that_was_cut_off_after()
    {
        Enter("phone", 300);
        Leave("tab", isGoodbye: true, 1_000);
        Leave("phone", isGoodbye: false, 2_000);

        Assert.True(IsThereAt(2_000 + GraceMs - 1));
        Assert.Empty(Assert.Single(TicksFrom(2_000 + GraceMs, 30_000).Select(static tick => tick.Delta).OfType<PresenceDelta>()).SaidGoodbye);
    }

    [Fact]
    public void Should_be_remembered_where_the_channel_moves()
    {
        Leave("tab", isGoodbye: true, 1_000);
        _membership = new(100, TimeSpan.FromMilliseconds(GraceMs), _membership.ToMemory(1_100));

        Assert.Equal(["ann"], Assert.Single(TicksFrom(1_200, 30_000).Select(static tick => tick.Delta).OfType<PresenceDelta>()).SaidGoodbye);
    }

    [Fact]
    public void Should_not_be_waited_for_longer_than_who_is_lost_in_a_channel_with_a_short_grace()
    {
        _membership = new(100, TimeSpan.FromSeconds(1), 0);
        Enter("tab", 0);
        Leave("tab", isGoodbye: true, 1_000);

        Assert.False(IsThereAt(2_000));
    }

    private void Enter(string connection, long nowMs) =>
        _membership.Enter(new() { UserId = "ann", ConnectionId = connection, GatewayId = _gateway, Sequence = ++_sequence }, nowMs);

    private void Leave(string connection, bool isGoodbye, long nowMs) =>
        _membership.Leave(new() { UserId = "ann", ConnectionId = connection, Abrupt = true, SaidGoodbye = isGoodbye, Sequence = ++_sequence }, nowMs);

    private bool IsThereAt(long nowMs)
    {
        _membership.Tick(nowMs);
        return _membership.IsMember("ann");
    }

    private List<PresenceTick> TicksFrom(long fromMs, long toMs)
    {
        var ticks = new List<PresenceTick>();
        for (var nowMs = fromMs; nowMs <= toMs; nowMs += PresenceRules.TickMs)
            ticks.Add(_membership.Tick(nowMs));
        return ticks;
    }
}
