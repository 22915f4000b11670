using WhatsSound.Tests.Rules.Presence.Model;

namespace WhatsSound.Tests.Rules.Presence;

/// <summary>83 people a second come into one room, and as many go, for a minute, through two gateways that renew all the time; calls are delayed and doubled.</summary>
public sealed class When_a_room_churns
{
    private const int PerSecond = 83;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Should_tell_of_everybody_once_and_show_nobody_longer_or_shorter_than_due(int seed)
    {
        var random = new Random(seed);
        var network = new VirtualNetwork(seed);
        var world = new PresenceWorld(network, gatewaysCount: 2);
        for (var user = 0; user < 60 * PerSecond; user++)
        {
            var (userId, gateway) = ($"user{user}", world.Gateways[random.Next(2)]);
            gateway.Enter(userId, $"{userId}-1", userId);
            network.After(500 + random.Next(3_000), () => gateway.Leave($"{userId}-1", isAbrupt: random.Next(4) == 0));
            world.Pass(1_000 / PerSecond);
        }

        world.Pass(20_000);

        Assert.Equal(0, world.MembersCount);
        Assert.True(world.ToldCount > 500, $"Only {world.ToldCount} publications were made.");
    }
}
