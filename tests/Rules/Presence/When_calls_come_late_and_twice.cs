using WhatsSound.Tests.Rules.Presence.Model;

namespace WhatsSound.Tests.Rules.Presence;

/// <summary>Joins, leaves, renewals, deaths of gateways and of the channel, with calls that come late, again, and in another order than they were made.</summary>
public sealed class When_calls_come_late_and_twice
{
    private static readonly string[] Users = ["ann", "bob", "cem", "dee"];

    [Fact]
    public void Should_show_exactly_who_must_be_shown() => Property.Holds(script => Play(script, isChannelMortal: false), tries: 1_500, lengthMax: 80);

    [Fact]
    public void Should_do_so_when_the_channel_goes_and_comes_back() => Property.Holds(script => Play(script, isChannelMortal: true), tries: 1_500, lengthMax: 80);

    /// <summary>Found by the law above: a connection that entered again after the channel had kept its members, and is the older one once it is back.</summary>
    [Theory]
    [InlineData("136 0 0 0 0 48 0 20 45 137 154 0 8 0 0 119 0")]
    [InlineData("8 64 0 0 15 0 108 239 200 231 0 0 6 161 217 0 198")]
    [InlineData("177 160 0 48 177 0 0 1 164 0 0 0 0 0 0")]
    public void Should_do_so_in_schedules_that_were_found(string script) => Play([.. script.Split(' ').Select(byte.Parse)], isChannelMortal: true);

    private static void Play(byte[] script, bool isChannelMortal)
    {
        var world = new PresenceWorld(new VirtualNetwork(script.Length), gatewaysCount: 3);
        foreach (var (step, index) in script.Select((step, index) => (step, index)))
        {
            Step(world, step, index);
            if (isChannelMortal && step % 11 == 0)
                world.Restart(awayMs: step * 13L, isKilled: step % 2 == 0);
            world.Pass((step * 37L) % 700);
        }

        world.Pass(60_000);
        world.CheckAtRest();
    }

    private static void Step(PresenceWorld world, byte step, int index)
    {
        var gateway = (step >> 3) % 3;
        var user = Users[step >> 5 & 3];
        var connection = $"{user}-{gateway}-{step >> 7}-{world.Gateways[gateway].Id:N}";
        switch (step & 7)
        {
            case 0 or 1 or 2 or 3:
                world.Gateways[gateway].Enter(user, connection, shown: $"{user} {index}");
                break;
            case 4 or 5:
                world.Gateways[gateway].Leave(connection, isAbrupt: false);
                break;
            case 6:
                world.Gateways[gateway].Leave(connection, isAbrupt: true);
                break;
            default:
                if ((step & 0x60) == 0x60)
                    world.Replace(gateway);
                break;
        }
    }
}
