using WhatsSound.Grains.Rooms;

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
}
