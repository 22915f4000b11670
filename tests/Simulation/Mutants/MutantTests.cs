using System.Text.RegularExpressions;
using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>A mistake that the product might make, and the judge that must find it; and that the same events without the mistake are in order.</summary>
public abstract class MutantTests
{
    [Fact]
    public async Task Should_be_found_by_a_judge()
    {
        var findings = await Scenario.RunAsync(PlayAsync, Mutate);

        Assert.True(findings.Broken.Any(broken => Regex.IsMatch(broken, Finding)), string.Join('\n', findings.Notes));
    }

    [Fact]
    public async Task Should_be_in_order_without_the_mutant()
    {
        var findings = await Scenario.RunAsync(PlayAsync, mutate: null);

        Assert.True(findings.Broken.Count == 0, string.Join('\n', findings.Notes));
    }

    /// <summary>What the judge says of it, as a pattern: a law that is broken for another reason would prove nothing.</summary>
    private protected abstract string Finding { get; }

    private protected abstract void Mutate(StormWorld world);

    private protected abstract Task PlayAsync(Scenario scenario);
}
