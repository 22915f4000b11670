namespace WhatsSound.Tests.Rules.Streams;

/// <summary>A gateway renews what stands at a lane in one message, and by itself every channel in which something has happened.</summary>
public sealed class When_renewals_stand_at_a_lane
{
    [Fact]
    public void Should_renew_all_channels_at_once_from_the_second_round_on()
    {
        var world = new LaneWorld();
        world.Round();
        Assert.All(LaneWorld.Channels, channel => Assert.True(world.StandsAtGateway(channel)));

        for (var round = 0; round < 10; round++)
        {
            world.Round();
            Assert.All(LaneWorld.Channels, channel => Assert.True(world.StandsAtSilo(channel) && world.StandsAtGateway(channel)));
        }
    }

    [Fact]
    public void Should_ask_the_channel_itself_in_the_round_after_something_has_happened_there() => Property.Holds(
        script => Play(script, isFaulty: false, world =>
        {
            world.Round();
            Assert.Empty(world.Unheard);
            Assert.Equal(0, world.Mismatches);
        }),
        tries: 2_000,
        lengthMax: 60);

    [Fact]
    public void Should_come_to_stand_for_the_same_channels_whatever_was_lost() => Property.Holds(
        script => Play(script, isFaulty: true, world =>
        {
            // One finds what is lost, one asks each channel, and one renews the lane.
            for (var round = 0; round < 3; round++)
                world.Round();
            Assert.Empty(world.Unheard);
            Assert.All(LaneWorld.Channels, channel => Assert.True(world.StandsAtSilo(channel) && world.StandsAtGateway(channel), channel));
        }),
        tries: 4_000,
        lengthMax: 60);

    [Fact]
    public void Should_hear_no_more_of_a_channel_that_the_gateway_gave_up()
    {
        var world = new LaneWorld();
        world.Round();
        world.Round();
        world.HappenInGateway("a");
        world.Round(callLost: "a");

        Assert.False(world.StandsAtSilo("a"));
        Assert.True(world.StandsAtSilo("b"));
        world.Round(callLost: "a");
        Assert.False(world.StandsAtSilo("a"));
        Assert.Equal(0, world.Mismatches);
    }

    private static void Play(byte[] script, bool isFaulty, Action<LaneWorld> judge)
    {
        var world = new LaneWorld();
        foreach (var step in script)
        {
            var channel = LaneWorld.Channels[step >> 3 & 3];
            switch (step & 7)
            {
                case 0 or 1:
                    world.HappenInChannel(channel);
                    break;
                case 2:
                    world.HappenInGateway(channel);
                    break;
                case 3 when isFaulty:
                    world.LoseLane();
                    break;
                case 4 when isFaulty:
                    world.Round(isLaneCallLost: step > 127, isLaneAnswerLost: step <= 127);
                    break;
                case 5 when isFaulty:
                    world.Round(callLost: step > 127 ? channel : null, answerLost: step <= 127 ? channel : null);
                    break;
                case 6:
                    world.Round(answerLate: channel);
                    break;
                default:
                    world.Round();
                    break;
            }
        }

        judge(world);
    }
}
