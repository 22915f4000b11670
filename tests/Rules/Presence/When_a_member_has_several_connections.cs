using System.Text;
using WhatsSound.Grains.Presence;

namespace WhatsSound.Tests.Rules.Presence;

/// <summary>Ann's phone has entered with one info, and then her laptop with another.</summary>
public sealed class When_a_member_has_several_connections
{
    private readonly Guid _home = Guid.NewGuid();
    private readonly Guid _mobile = Guid.NewGuid();
    private readonly Membership _membership = new(100, TimeSpan.FromSeconds(15), 0);

    public When_a_member_has_several_connections()
    {
        Enter("phone", _mobile, 0);
        Enter("laptop", _home, 10);
        _membership.Tick(200);
    }

    [Fact]
    public void Should_show_the_newest() => Assert.Equal("laptop", Shown);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Should_show_the_one_that_is_left_and_tell_of_it_as_an_update(bool isAbrupt)
    {
        _membership.Leave(new() { UserId = "ann", ConnectionId = "laptop", Abrupt = isAbrupt }, 300);

        AssertUpdatedTo("phone", 400);
    }

    [Fact]
    public void Should_show_the_one_that_is_left_when_the_gateway_of_the_other_dies()
    {
        _membership.DropGateways([_home], 300);

        AssertUpdatedTo("phone", 400);
    }

    [Fact]
    public void Should_be_waited_for_where_another_was_cut_off_when_the_gateway_of_the_last_dies()
    {
        _membership.Leave(new() { UserId = "ann", ConnectionId = "phone", Abrupt = true }, 300);
        _membership.DropGateways([_home], 400);

        Assert.Empty(_membership.Tick(15_299).Publications.SelectMany(static told => told.Left));
        Assert.Empty(_membership.Tick(15_300).Publications);
        Assert.Equal(["ann"], _membership.Tick(15_400).Publications.SelectMany(static told => told.Left));
    }

    [Fact]
    public void Should_not_be_waited_for_when_the_last_one_leaves_on_purpose()
    {
        _membership.Leave(new() { UserId = "ann", ConnectionId = "phone", Abrupt = true }, 300);
        _membership.Leave(new() { UserId = "ann", ConnectionId = "laptop" }, 400);

        Assert.Equal(["ann"], _membership.Tick(500).Publications.SelectMany(static told => told.Left));
    }

    [Fact]
    public void Should_tell_nothing_when_one_leaves_that_is_not_shown()
    {
        _membership.Leave(new() { UserId = "ann", ConnectionId = "phone" }, 300);

        Assert.Empty(_membership.Tick(400).Publications);
        Assert.Equal("laptop", Shown);
    }

    [Fact]
    public void Should_show_the_one_that_entered_last_also_if_it_was_there_before()
    {
        Enter("phone", _mobile, 300);

        AssertUpdatedTo("phone", 400);
    }

    [Fact]
    public void Should_go_on_showing_the_last_one_within_the_grace()
    {
        _membership.Leave(new() { UserId = "ann", ConnectionId = "phone", Abrupt = true }, 300);
        _membership.Leave(new() { UserId = "ann", ConnectionId = "laptop", Abrupt = true }, 300);

        Assert.Empty(_membership.Tick(400).Publications);
        Assert.Equal("laptop", Shown);
    }

    [Fact]
    public void Should_show_after_a_move_what_it_showed_before()
    {
        var moved = new Membership(100, TimeSpan.FromSeconds(15), _membership.ToKept());

        Assert.Equal("laptop", ShownIn(moved));
        moved.Leave(new() { UserId = "ann", ConnectionId = "laptop" }, 300);
        Assert.Equal("phone", ShownIn(moved));
    }

    private string? Shown => ShownIn(_membership);

    private void AssertUpdatedTo(string connection, long nowMs)
    {
        var told = Assert.Single(_membership.Tick(nowMs).Publications);
        Assert.Equal(connection, Assert.Single(told.Updated).DisplayName);
        Assert.Equal($"\"{connection}\"", told.Updated[0].Info.ToString());
        Assert.Empty(told.Joined);
        Assert.Empty(told.Left);
    }

    private static string? ShownIn(Membership membership) => membership.ToKept().Members.Single().DisplayName;

    private void Enter(string connection, Guid gatewayId, long nowMs) => Assert.Null(_membership.Enter(
        new()
        {
            UserId = "ann",
            ConnectionId = connection,
            GatewayId = gatewayId,
            DisplayName = connection,
            Info = new(Encoding.UTF8.GetBytes($"\"{connection}\"")),
        },
        nowMs));
}
