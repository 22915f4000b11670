using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_the_host_vanishes
{
    private readonly RoomScript _play = new();

    public When_the_host_vanishes()
    {
        _play.Join("first");
        _play.Pass(1000);
        _play.Join("second");
        _play.Leave("u0");
    }

    [Fact]
    public void Should_wait_for_the_grace()
    {
        _play.Pass(29_999);

        Assert.Equal("u0", _play.Room.HostUserId);
    }

    [Fact]
    public void Should_be_followed_by_who_has_been_here_longest()
    {
        _play.Pass(30_000);

        Assert.Equal("first", _play.Room.HostUserId);
        Assert.Equal(HostReasons.Timeout, Assert.Single(_play.Events.OfType<HostNamed>()).Reason);
    }

    [Fact]
    public void Should_stay_host_when_back_in_time()
    {
        _play.Pass(29_999);
        _play.Join("u0");
        _play.Pass(60_000);

        Assert.Equal("u0", _play.Room.HostUserId);
        Assert.Empty(_play.Events.OfType<HostNamed>());
    }

    [Fact]
    public void Should_give_the_room_back_to_its_owner_on_return()
    {
        _play.Pass(30_000);
        _play.Join("u0");

        Assert.Equal("u0", _play.Room.HostUserId);
        Assert.Equal(HostReasons.Returned, _play.Events.OfType<HostNamed>().Last().Reason);
    }

    [Fact]
    public void Should_leave_a_chosen_host_in_place_when_the_owner_returns()
    {
        _play.Join("u0");
        _play.Do((room, moment) => RoomRules.TransferHost(room, "u0", "second", moment));
        _play.Leave("u0");
        _play.Pass(60_000);
        _play.Join("u0");

        Assert.Equal("second", _play.Room.HostUserId);
    }

    [Fact]
    public void Should_be_followed_by_the_next_who_comes_to_an_empty_room()
    {
        _play.Leave("first");
        _play.Leave("second");
        _play.Pass(60_000);
        _play.Join("third");

        Assert.Equal("third", _play.Room.HostUserId);
    }

    [Fact]
    public void INV_M1_should_be_followed_by_the_co_hosts_in_their_order()
    {
        _play.Join("u0");
        _play.Join("co1");
        _play.Join("co2");
        Act(new GrantRole { ToUserId = "co1", Role = RoomRole.CoHost });
        Act(new GrantRole { ToUserId = "co2", Role = RoomRole.CoHost });
        Act(new SetSuccession { UserIds = ["co2", "co1"] });
        _play.Leave("u0");
        _play.Pass(30_000);
        Assert.Equal("co2", _play.Room.HostUserId);

        _play.Leave("co2");
        _play.Pass(30_000);
        Assert.Equal("co1", _play.Room.HostUserId);

        _play.Leave("co1");
        _play.Pass(30_000);
        Assert.Equal("first", _play.Room.HostUserId);

        _play.Join("u0");
        Assert.Equal("u0", _play.Room.HostUserId);
    }

    [Fact]
    public void INV_M1_should_prefer_a_co_host_who_is_in_no_order()
    {
        _play.Join("u0");
        _play.Join("co1");
        Act(new GrantRole { ToUserId = "co1", Role = RoomRole.CoHost });
        _play.Leave("u0");
        _play.Pass(30_000);

        Assert.Equal("co1", _play.Room.HostUserId);
    }

    [Fact]
    public void INV_M2_should_not_let_a_co_host_take_the_room_from_an_owner_who_is_here()
    {
        _play.Join("u0");
        Act(new GrantRole { ToUserId = "first", Role = RoomRole.CoHost });

        Assert.Equal(RefusalCode.TargetRankTooHigh, _play.Do((room, moment) => RoomRules.TransferHost(room, "first", "first", moment)).Refusal?.Code);
    }

    private void Act(RoomAction action) => Assert.Null(_play.Do((room, moment) => RoomRules.Act(room, "u0", action, moment)).Refusal);
}
