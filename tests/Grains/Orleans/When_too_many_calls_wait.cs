using Orleans.Configuration;

namespace WhatsSound.Tests.Grains.Orleans;

/// <summary>
/// A flooded grain refuses at once, rather than after the timeout, and with an exception that the door takes for NOT_READY (<c>SiloWiring</c>,
/// <c>CallFailures</c>).
/// </summary>
public sealed class When_too_many_calls_wait
{
    [Fact]
    public async Task Should_refuse_those_over_the_limit()
    {
        await using var cluster = await OrleansCluster.StartAsync(
            silo => silo.UseInMemoryReminderService().Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = 3),
            TimeProvider.System);
        var grain = cluster.Client.GetGrain<IFactGrain>("fact:crowded");
        var holding = grain.HoldAsync();
        await Happenings.Of("fact:crowded").UntilAsync("in");

        var others = Enumerable.Range(0, 10).Select(_ => grain.PassAsync()).ToArray();
        var refused = await Assert.ThrowsAsync<LimitExceededException>(() => Task.WhenAny(others).Unwrap());
        Happenings.Of("fact:crowded").Tell("go");
        await holding;

        Assert.IsAssignableFrom<OrleansException>(refused);
        var failures = await Task.WhenAll(others.Select(async call => await Record.ExceptionAsync(() => call)));
        Assert.Equal(7, failures.Count(failure => failure is LimitExceededException));
    }
}
