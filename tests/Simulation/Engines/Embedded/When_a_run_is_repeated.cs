namespace WhatsSound.Tests.Simulation;

public sealed class When_a_run_is_repeated
{
    [Fact]
    public void Should_take_the_same_steps()
    {
        var seed = Seeds.All[0];

        var first = Seeds.Run(seed).TraceHash;

        Assert.Equal(first, Seeds.Run(seed).TraceHash);
        Assert.NotEqual(first, Seeds.Run(unchecked(seed + 1)).TraceHash);
    }
}
