using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients.Clock;

public sealed class When_a_dotnet_clients_first_probes_are_held_up
{
    [Fact]
    public void Should_believe_the_first_that_is_not_at_once()
    {
        var estimator = new ClockEstimator();
        // A device that is busy as it connects: all answers wait until it has time for them.
        for (var at = 0; at < 12 * 60; at += 60)
            estimator.Add(new Probe(at, at + 10, at + 10, 1_400 + (at / 60.0)));
        var before = estimator.OffsetAt(1_500);

        var isReset = estimator.Add(new Probe(2_000, 2_010, 2_010, 2_020));

        Assert.InRange(Math.Abs(before), 250, 700);
        Assert.False(isReset);
        Assert.InRange(estimator.OffsetAt(2_100), -5, 5);
    }
}
