using System.Globalization;

namespace WhatsSound.Tests.Simulation.Sync;

/// <summary>
/// Level 1 of the harness for sync: real rooms, gateways and clocks of two machines that disagree, and devices on seeded links, in virtual time. <c>WHATSSOUND_SYNC_ROOMS=200</c> and
/// <c>WHATSSOUND_SYNC_LISTENERS=100</c> make it as large as docs/benchmarks.md has it.
/// </summary>
public sealed class When_rooms_are_heard_over_links(ITestOutputHelper output)
{
    private const double MinuteMs = 60_000;
    private const int RoomsPerClusterMax = 100;

    /// <summary>By the kind of link, at most so many milliseconds between 99 of 100 pairs of listeners; the trait has one of them measured alone.</summary>
    public static IEnumerable<TheoryDataRow<string, double>> Goals => new[] { ("LAN", 0.5), ("WAN", 2.5), ("4G", 10.0), ("BAD", 8.0) }
        .Select(static goal => new TheoryDataRow<string, double>(goal.Item1, goal.Item2).WithTrait("Link", goal.Item1));

    private readonly int _rooms = FromEnvironment("WHATSSOUND_SYNC_ROOMS") ?? 2;
    private readonly int _listeners = FromEnvironment("WHATSSOUND_SYNC_LISTENERS") ?? 20;
    private readonly double _lengthMs = (FromEnvironment("WHATSSOUND_SYNC_MINUTES") ?? 5) * MinuteMs;

    [Theory]
    [MemberData(nameof(Goals))]
    public async Task Should_be_heard_at_one_position(string profile, double goalMs)
    {
        var figures = new SyncFigures();
        for (var room = 1; room <= _rooms; room += RoomsPerClusterMax)
            await RunAsync(figures, profile, [.. Enumerable.Range(room, Math.Min(RoomsPerClusterMax, _rooms - room + 1))]);

        output.WriteLine($"{profile}: {figures}");
        Assert.InRange(figures.Pairs.Percentile(0.99), 0, goalMs);
        Assert.InRange(figures.Behind, 0, 0.02);
        Assert.InRange(figures.Late, 0, 0.05);
        Assert.InRange(figures.AfterStep.Percentile(0.99), 0, 25);
        Assert.InRange(figures.ProbesPerMinute, 1, _lengthMs < 10 * MinuteMs ? 20 : 15);
        Assert.InRange(figures.UpdatesPerSecond, 0.001, 0.2);
    }

    private async Task RunAsync(SyncFigures figures, string profile, IReadOnlyList<int> seeds)
    {
        await using var cluster = await SyncCluster.StartAsync(seeds[0]);
        var run = new SyncRun(cluster);
        List<SyncRoom> rooms = [.. seeds.Select(seed => new SyncRoom(run, profile, seed, _listeners))];
        foreach (var room in rooms)
            await room.OpenAsync(_lengthMs);
        for (var atMs = MinuteMs + 1; atMs < _lengthMs; atMs += 5_000)
            run.At(atMs, () => LookAsync(rooms, figures));
        await run.UntilAsync(_lengthMs);
        rooms.ForEach(room => figures.Add(room, _lengthMs));

        foreach (var (listener, i) in rooms.SelectMany(room => room.Listeners).Select((listener, i) => (listener, i)))
            listener.Step(_lengthMs, i % 2 == 0 ? 250 : -250);
        await run.UntilAsync(_lengthMs + 10_000);
        var roomMs = await cluster.ReadTimeAsync();
        foreach (var listener in rooms.SelectMany(room => room.Listeners))
            figures.AfterStep.Add(Math.Abs(listener.RoomTimeAt(run.NowMs) - roomMs));
    }

    private static async Task LookAsync(List<SyncRoom> rooms, SyncFigures figures)
    {
        foreach (var room in rooms)
        {
            if (await room.LookAsync() is { } look)
                figures.Look(look);
        }
    }

    private static int? FromEnvironment(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var number) ? number : null;
}
