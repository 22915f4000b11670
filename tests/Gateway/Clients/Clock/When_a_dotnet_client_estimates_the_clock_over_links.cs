namespace WhatsSound.Tests.Gateway.Clients.Clock;

/// <summary>Over the same seeded links as the TypeScript client, with the same goals; in virtual time.</summary>
public sealed class When_a_dotnet_client_estimates_the_clock_over_links(ITestOutputHelper output)
{
    private const double MinuteMs = 60_000;
    private const int Rooms = 10;
    private const int Devices = 20;

    public static TheoryData<string> Profiles => ["LAN", "WAN", "4G", "BAD"];

    [Theory]
    [InlineData("LAN", 0.5)]
    [InlineData("WAN", 2.5)]
    [InlineData("4G", 10)]
    [InlineData("BAD", 8)]
    public void Should_keep_99_of_100_pairs_of_devices_together_with_15_probes_a_minute(string profile, double goalMs)
    {
        var timesMs = Every(MinuteMs, 10 * MinuteMs, 15_000);
        var (skews, probes) = (new List<double>(), 0);
        for (var room = 1; room <= Rooms; room++)
        {
            var devices = Enumerable.Range(0, Devices).Select(i => new SeededDevice(profile, room * 1_000 + i)).ToList();
            var errors = devices.ConvertAll(device => device.ErrorsAt(timesMs));
            probes += devices.Sum(device => device.Probes);
            for (var at = 0; at < timesMs.Count; at++)
            {
                for (var i = 0; i < Devices; i++)
                    skews.AddRange(errors.Skip(i + 1).Select(other => Math.Abs(errors[i][at] - other[at])));
            }
        }

        var perMinute = probes / (Rooms * Devices * 10.0);
        output.WriteLine($"{profile}: p50 {Percentile(skews, 0.5):F2} ms, p99 {Percentile(skews, 0.99):F2} ms, {perMinute:F1} probes a minute");
        Assert.InRange(Percentile(skews, 0.99), 0, goalMs);
        Assert.InRange(perMinute, 1, 15);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Should_follow_a_clock_that_is_stepped_within_10_s_in_99_of_100_devices(string profile)
    {
        var errors = Enumerable.Range(0, 1_000)
            .Select(i => new SeededDevice(profile, 7_000 + i, 2 * MinuteMs, i % 2 == 0 ? 250 : -250))
            .Select(device => Math.Abs(device.ErrorsAt([2 * MinuteMs + 10_000])[0]))
            .ToList();

        output.WriteLine($"{profile}: p95 {Percentile(errors, 0.95):F1} ms, p99 {Percentile(errors, 0.99):F1} ms");
        Assert.InRange(Percentile(errors, 0.99), 0, 25);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Should_not_step_back_nor_find_a_step_where_there_was_none(string profile)
    {
        var timesMs = Every(20_000, 5 * MinuteMs, 50);
        foreach (var device in Enumerable.Range(0, Devices).Select(i => new SeededDevice(profile, 9_000 + i)))
        {
            var serverMs = device.ErrorsAt(timesMs).Zip(timesMs, (error, timeMs) => timeMs + error).ToList();
            Assert.All(serverMs.Zip(serverMs.Skip(1)), pair => Assert.True(pair.Second > pair.First - 1, $"{pair.Second - pair.First} ms"));
            Assert.Equal(0, device.Steps);
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Should_know_about_how_good_it_is(string profile)
    {
        var ratios = Enumerable.Range(0, Rooms * Devices).Select(i => new SeededDevice(profile, 11_000 + i))
            .Select(device => Math.Abs(device.ErrorsAt([5 * MinuteMs])[0]) / device.Estimator.SigmaAt(device.LocalAt(5 * MinuteMs)))
            .ToList();

        Assert.InRange(Percentile(ratios, 0.5), 0.02, double.PositiveInfinity);
        Assert.InRange(Percentile(ratios, 0.95), 0, 8);
    }

    private static IReadOnlyList<double> Every(double fromMs, double toMs, double stepMs) =>
        [.. Enumerable.Range(0, (int)((toMs - fromMs) / stepMs) + 1).Select(i => fromMs + i * stepMs)];

    private static double Percentile(List<double> values, double share) => values.Order().ElementAt((int)(values.Count * share));
}
