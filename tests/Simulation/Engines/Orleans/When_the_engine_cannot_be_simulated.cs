namespace WhatsSound.Tests.Simulation;

public sealed class When_the_engine_cannot_be_simulated
{
    [Fact(Skip = "The scheduler, clock and network of Orleans cannot be seeded: rooms are simulated on the Embedded engine.")]
    public void Should_keep_every_law_in_any_weather()
    {
    }
}
