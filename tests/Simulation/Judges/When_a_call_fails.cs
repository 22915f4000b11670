namespace WhatsSound.Tests.Simulation.Judges;

/// <summary>What the weather may do is no finding; what the product does is.</summary>
public sealed class When_a_call_fails
{
    private readonly Findings _findings = new(static () => TimeSpan.Zero);

    [Fact]
    public void Should_forgive_the_weather()
    {
        foreach (var exception in (Exception[])[new TimeoutException(), new TaskCanceledException(), new SiloUnavailableException(), new StorageUnavailableException("full")])
            _findings.Failed("ann joins", exception);

        Assert.Empty(_findings.Broken);
        Assert.Equal(4, _findings.Notes.Count);
    }

    [Fact]
    public void Should_not_forgive_the_product()
    {
        _findings.Failed("ann joins", new InvalidOperationException("where"));

        Assert.Contains("InvalidOperationException", Assert.Single(_findings.Broken), StringComparison.Ordinal);
    }
}
