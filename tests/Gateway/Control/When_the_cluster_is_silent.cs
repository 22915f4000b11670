using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Channels;
using WhatsSound.Control;
using WhatsSound.Gateway.Control;

namespace WhatsSound.Tests.Gateway.Control;

public sealed class When_the_cluster_is_silent
{
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(false, HealthStatus.Degraded)]
    [InlineData(true, HealthStatus.Unhealthy)]
    public async Task Should_say_so_and_be_ready_unless_nobody_is_to_be_let_in(bool failClosed, HealthStatus status)
    {
        var options = Options.Create(new ControlOptions { FailClosed = failClosed });
        var knowledge = new ControlKnowledge(new RuleBook(ChannelOptions.Defaults), options, _time, NullLogger<ControlKnowledge>.Instance);
        var health = new ControlHealth(knowledge, options);
        var first = await health.CheckHealthAsync(new(), TestContext.Current.CancellationToken);
        Assert.Equal((HealthStatus.Unhealthy, "unheard", failClosed), (first.Status, first.Description, knowledge.IsClosed));
        knowledge.Take(new() { RulesVersion = 0, RevocationsNumber = 0 });
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new(), TestContext.Current.CancellationToken)).Status);
        Assert.False(knowledge.IsClosed);

        _time.Advance(options.Value.SilentAfter);

        var result = await health.CheckHealthAsync(new(), TestContext.Current.CancellationToken);
        Assert.Equal((status, "silent"), (result.Status, result.Description));
        knowledge.Take(new() { RulesVersion = 0, RevocationsNumber = 0 });
        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync(new(), TestContext.Current.CancellationToken)).Status);
    }
}
