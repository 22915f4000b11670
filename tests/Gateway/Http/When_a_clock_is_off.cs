using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Gateway.Http;
using WhatsSound.Playback;

namespace WhatsSound.Tests.Gateway.Http;

public sealed class When_a_clock_is_off
{
    private readonly ClusterClock _clock = new(new FakeTimeProvider());

    [Fact]
    public async Task Should_not_be_ready_until_it_is_set() => Assert.Equal((HealthStatus.Unhealthy, "unset"), await HealthAsync());

    [Theory]
    [InlineData(-7_000_000, 0, HealthStatus.Healthy)]
    [InlineData(0, 20_000, HealthStatus.Healthy)]
    [InlineData(0, 20_001, HealthStatus.Unhealthy)]
    [InlineData(0, -20_001, HealthStatus.Unhealthy)]
    public async Task Should_not_be_ready_while_it_is_more_than_20_ms_off(long setUs, long thenUs, HealthStatus status)
    {
        _clock.Follow(setUs);
        _clock.Follow(thenUs);

        Assert.Equal(status, (await HealthAsync()).Status);
        _clock.Follow(0);
        Assert.Equal((HealthStatus.Healthy, "ok"), await HealthAsync());
    }

    private async Task<(HealthStatus Status, string? Word)> HealthAsync()
    {
        var result = await new ClockHealth(_clock).CheckHealthAsync(new());
        return (result.Status, result.Description);
    }
}
