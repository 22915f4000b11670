using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

/// <summary>Who means to go is not waited for; who is cut off is: <see cref="When_the_host_vanishes"/>.</summary>
public class When_the_host_leaves
{
    private readonly RoomScript _play = new();

    public When_the_host_leaves()
    {
        _play.Join("first");
        _play.Pass(1000);
        _play.Join("second");
    }

    [Fact]
    public void Should_be_followed_at_once()
    {
        _play.LeaveOnPurpose("u0");
        _play.Pass(0);

        Assert.Equal("first", _play.Room.HostUserId);
        Assert.Equal((HostReasons.Left, true), (Named.Reason, Named.IsStandIn));
    }

    [Fact]
    public void Should_be_followed_by_the_first_of_the_succession()
    {
        Assert.Null(_play.Do((room, moment) => RoomRules.Act(room, "u0", new GrantRole { ToUserId = "second", Role = RoomRole.CoHost }, moment)).Refusal);
        _play.LeaveOnPurpose("u0");
        _play.Pass(0);

        Assert.Equal("second", _play.Room.HostUserId);
    }

    [Fact]
    public void Should_give_the_room_back_to_its_owner_on_return()
    {
        _play.LeaveOnPurpose("u0");
        _play.Pass(0);
        _play.Join("u0");

        Assert.Equal(("u0", HostReasons.Returned), (_play.Room.HostUserId, Named.Reason));
    }

    [Fact]
    public void Should_have_the_grace_again_once_back()
    {
        _play.LeaveOnPurpose("u0");
        _play.Pass(0);
        _play.Join("u0");
        _play.Leave("u0");
        _play.Pass(29_999);
        Assert.Equal("u0", _play.Room.HostUserId);

        _play.Pass(1);

        Assert.Equal(("first", HostReasons.Timeout), (_play.Room.HostUserId, Named.Reason));
    }

    [Fact]
    public void Should_be_followed_by_the_next_who_comes_to_an_empty_room()
    {
        _play.LeaveOnPurpose("second");
        _play.LeaveOnPurpose("first");
        _play.LeaveOnPurpose("u0");
        _play.Join("third");
        _play.Pass(0);

        Assert.Equal("third", _play.Room.HostUserId);
    }

    [Fact]
    public void Should_keep_a_host_when_another_leaves()
    {
        _play.LeaveOnPurpose("first");
        _play.Pass(60_000);

        Assert.Equal("u0", _play.Room.HostUserId);
    }

    private HostNamed Named => _play.Events.OfType<HostNamed>().Last();
}
