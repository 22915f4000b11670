using WhatsSound.Grains.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_room_options_make_no_sense
{
    [Fact]
    public void Should_take_the_defaults() => Assert.True(new RoomOptionsValidator().Validate(null, new RoomOptions()).Succeeded);

    [Fact]
    public void Should_name_each_wrong_setting()
    {
        var result = new RoomOptionsValidator().Validate(null, new RoomOptions { MembersMax = 0, Lead = TimeSpan.FromSeconds(3) });

        Assert.Equal(["Rooms:MembersMax is 0; it must be 1 to 100,000.", "Rooms:Lead is 00:00:03; it must be 00:00:00 to 00:00:02."], result.Failures);
    }
}
