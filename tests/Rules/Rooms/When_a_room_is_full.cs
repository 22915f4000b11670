using WhatsSound.Grains.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_a_room_is_full
{
    private readonly RoomScript _play = new(new RoomOptions { MembersMax = 2 });

    public When_a_room_is_full()
    {
        _play.Join("guest");
    }

    [Fact]
    public void Should_refuse_another_user_and_tell_the_limit()
    {
        var refusal = RoomRules.CheckJoin(_play.Room, "late", _play.Moment);

        Assert.Equal((RefusalCode.RoomFull, "2"), (refusal?.Code, refusal?.Detail));
    }

    [Fact]
    public void Should_let_a_member_in_with_another_connection() => Assert.Null(RoomRules.CheckJoin(_play.Room, "guest", _play.Moment));

    [Fact]
    public void Should_let_the_owner_in()
    {
        _play.Leave("u0");
        _play.Join("other");

        Assert.Null(RoomRules.CheckJoin(_play.Room, "u0", _play.Moment));
    }

    [Fact]
    public void Should_take_another_user_once_somebody_left()
    {
        _play.Leave("guest");

        Assert.Null(RoomRules.CheckJoin(_play.Room, "late", _play.Moment));
    }
}
