using WhatsSound.Client;

namespace WhatsSound.Gateway.Tests.Clients;

public class When_a_dotnet_clients_network_comes_and_goes
{
    private const double Worst = 0.999;

    [Fact]
    public void Should_wait_no_longer_each_time_where_it_is_live_for_seconds_between()
    {
        var failures = 0.0;
        for (var cut = 0; cut < 100; cut++)
            failures = Backoff.FailuresAfter(failures, TimeSpan.FromSeconds(3)) + 2;

        Assert.InRange(Backoff.Of(failures, TimeSpan.Zero, Worst), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Should_wait_longer_and_longer_where_it_is_ended_as_soon_as_it_is_live()
    {
        var failures = 0.0;
        var waits = new List<double>();
        for (var attempt = 0; attempt < 8; attempt++)
        {
            failures = Backoff.FailuresAfter(failures, TimeSpan.FromMilliseconds(10));
            waits.Add(Backoff.Of(failures++, TimeSpan.Zero, 1).TotalMilliseconds);
        }

        Assert.Equal(waits.Order(), waits);
        Assert.Equal(500, waits[0]);
        Assert.Equal(10_000, waits[^1]);
    }

    [Fact]
    public void Should_begin_anew_after_ten_seconds() => Assert.Equal(0, Backoff.FailuresAfter(1_000, TimeSpan.FromSeconds(10)));
}
